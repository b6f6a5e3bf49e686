package bot

import "time"

// Rehearsal is a clock that runs rate times faster than real time since epoch,
// for training, demos and tests. At rate 1 it is real time.
func Rehearsal(epoch time.Time, rate float64, wall func() time.Time) func() time.Time {
	if rate == 1 {
		return wall
	}
	return func() time.Time {
		return epoch.Add(time.Duration(float64(wall().Sub(epoch)) * rate))
	}
}
