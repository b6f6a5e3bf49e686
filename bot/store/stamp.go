package store

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// A conversation's version in Redis is its number and a stamp that no other
// write of that number has: "12.Q7FX2". When Redis comes back with a past, the
// numbers that were lost are given again, to other turns; by its stamp a process
// that still knows the lost one sees that what it knows never was. Versions
// written before there were stamps have the number alone.

// stamped is the version of turn number n, whose sealed state ends in random
// bytes.
func stamped(n uint64, sealed []byte) string {
	return version(n) + "." + base64.RawURLEncoding.EncodeToString(sealed[len(sealed)-3:])
}

// numbered is the number of a version in Redis.
func numbered(stamped string) (uint64, error) {
	number, _, _ := strings.Cut(stamped, ".")
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("its version is not a number: %w", ErrSealed)
	}
	return n, nil
}

// is tells whether what is kept is turn number n.
func (k *kept) is(n uint64) bool {
	got, err := numbered(k.version)
	return err == nil && got == n
}
