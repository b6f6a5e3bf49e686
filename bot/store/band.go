package store

import (
	"hash/fnv"
	"strconv"

	"onestep/bot"
)

// Lanes wait in one sorted set a shard, in bands of scores: those of one
// platform and one class lie together, so that what may leave now is found
// without passing by what has to wait. A lane's score is the beginning of its
// band, bandWidth apart, plus
//
//   - the second in which it was committed, for a lane that may be attempted at
//     once: who waits longest goes first, and of one second a stable hash of
//     the person decides;
//   - the ms before which it may not be attempted, for one that has to wait.
//     Seconds and ms cannot be mixed up: see firstMS in take.lua.
//
// A lane in flight lies below all bands: its score is -bandWidth plus the ms at
// which the attempt's lease runs out. Scores are whole numbers below 2^53.
const (
	// bandWidth is more than any instant in ms that we shall see, up to the
	// year 2286.
	bandWidth = 10_000_000_000_000
	// platforms is how many there is room for.
	platforms = 400
)

// band is the number of the band of a platform's lanes whose head is of a
// class; no platform means letters. It must never change, since it says where
// things lie. Two platforms that fall into one band would wait for each other
// and nothing worse; TestPlatformsHaveBandsOfTheirOwn knows all of ours.
func band(platform string, class bot.Class) int64 {
	if platform == "" {
		return int64(class)
	}
	h := fnv.New32a()
	h.Write([]byte(platform))
	return 2*(1+int64(h.Sum32()%platforms)) + int64(class)
}

// bandText is a band as the scripts take it: where its scores begin.
func bandText(band int64) string { return strconv.FormatInt(band*bandWidth, 10) }

// bandOf is the band that an entry puts its lane into when it is at the head.
func bandOf(e bot.Envelope) int64 { return band(e.Chat.Platform, e.Class) }
