package reply

import (
	"strconv"
	"strings"
	"testing"
)

// longReply is about as long as a reply usually gets: under 300 characters.
const longReply = "Not a great week to be honest, my knee was bad on Tuesday and Wednesday so I only got out twice, but I did ring my sister like I said and she came round for a cuppa. I'd say about a 6, last week was more like a 4. Can we talk again on Friday?"

// One labelled reply after the other, read in its context and for danger. The
// bar is 100 microseconds a reply.
func BenchmarkReplyWithDistress(b *testing.B) {
	var all []Sample
	for _, c := range Contexts[:5] {
		all = append(all, everySample(b, c)...)
	}
	for i := 0; b.Loop(); i++ {
		s := all[i%len(all)]
		Distress(s.Text)
		s.Read()
	}
}

// A long reply, read for danger, wishes and a score.
func BenchmarkLongReply(b *testing.B) {
	for b.Loop() {
		Distress(longReply)
		ReadCommand(longReply)
		Scale(longReply)
	}
}

// Time grows with the length of the text and no faster.
func BenchmarkDistressByLength(b *testing.B) {
	for _, n := range []int{256, 1024, 4096} {
		text := strings.Repeat(longReply+" ", n/len(longReply)+1)[:n]
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Distress(text)
			}
		})
	}
}
