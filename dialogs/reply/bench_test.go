package reply

import (
	"strconv"
	"strings"
	"testing"
)

// longReply is about as long as a reply usually gets: under 300 characters.
const longReply = "Not a great week to be honest, my knee was bad on Tuesday and Wednesday so I only got out twice, but I did ring my sister like I said and she came round for a cuppa. I'd say about a 6, last week was more like a 4. Can we talk again on Friday?"

func BenchmarkReadWithDistress(b *testing.B) {
	for b.Loop() {
		Distress(longReply)
		ReadCommand(longReply)
		Scale(longReply)
	}
}

func BenchmarkDistressLength(b *testing.B) {
	for _, n := range []int{256, 1024, 4096} {
		text := strings.Repeat("i do not want to go on about it but ", n/36+1)[:n]
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Distress(text)
			}
		})
	}
}
