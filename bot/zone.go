package bot

import (
	"sync"
	"time"
)

// zones are the time zones in use, by IANA name: reading one from the zone
// files takes as long as a whole step. There are some 600 names.
var zones sync.Map

// zoneOf is time.LoadLocation, remembered.
func zoneOf(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err
}
