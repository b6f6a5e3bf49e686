package reply

import (
	"strings"
	"testing"
	"time"
)

// whole is a text in one piece.
func whole(text string) piece { return piece{text: text, first: true, last: true} }

// talk are weeks as people tell them, in whose characters a phone writes.
var talk = map[string]string{
	"ascii":       "It has been a long week and I do not know where to start. My sister had her car in the garage, so we did not get to the club. ",
	"apostrophes": "It’s been a long week and I don’t know where to start. My sister’s car broke, so we didn’t get to the club. ",
	"welsh":       "Dw i’n teimlo’n well heddiw, ac mae’r tŷ’n dawel. Dw i wedi bod yn cerdded i’r siop â fy chwaer. ",
	"no marks":    "it has been a long week and my sister had her car in the garage so we went to the club on foot and it rained and ",
	"emoji":       "Went to the garden 🌻🌻🌻 with my sister 👩🏽‍🌾 and had tea ☕️ ",
}

// long is talk of so many bytes at least, and text behind it.
func long(talk string, size int, text string) string {
	return strings.Repeat(talk, size/len(talk)+1) + text
}

// People who pour it out put the worst last. What Telegram and Slack deliver is
// read to its end, wherever in it the words stand.
func TestDangerIsSeenWhereverItStandsInALongText(t *testing.T) {
	t.Parallel()
	for name, talk := range talk {
		if _, found := Distress(long(talk, 12_000, "")); found {
			t.Errorf("%s: plain talk of 12,000 bytes is danger", name)
		}
		for _, text := range []string{"I’m going to kill myself tonight.", "Dw i eisiau marw."} {
			for size := 3000; size < 8200; size += 229 {
				if _, found := Distress(long(talk, size, text) + " " + talk); !found {
					t.Errorf("%s: %q behind %d bytes is not seen", name, text, size)
				}
			}
			for _, size := range []int{4_095, 12_000, LongestText - 2*len(talk) - len(text)} {
				if _, found := Distress(long(talk, size, text)); !found {
					t.Errorf("%s: %q at the end, behind %d bytes, is not seen", name, text, size)
				}
			}
		}
	}
}

// The classifier behind the rules reads as far as they do. What is beside a reply
// in its window may outweigh one that is near the bar, here as in short texts.
func TestTheWordingOfALongTextIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	all, missed := 0, 0
	for _, s := range everySample(t, "distress") {
		if rule, _ := Distress(s.Text); rule != wordingRule {
			continue
		}
		for _, size := range []int{3_900, 9_000} {
			all++
			if _, found := Distress(long(talk["ascii"], size, s.Text)); !found {
				missed++
				t.Logf("%q behind %d bytes is not seen", s.Text, size)
			}
		}
	}
	if all < 10 || missed > all/4 {
		t.Errorf("%d of %d are not seen", missed, all)
	}
}

// Any refusal is honoured, and a call for a person is heard, at the end of a long
// text too; where a piece is cut, no half of a sentence is one.
func TestAWishIsReadWhereverItStandsInALongText(t *testing.T) {
	t.Parallel()
	for name, talk := range talk {
		for text, want := range map[string]Command{"Please stop sending me these messages.": Stop, "Can someone ring me please?": Human} {
			for size := 3000; size < 8200; size += 461 {
				sent := long(talk, size, text) + " " + talk
				r := ReadCommand(sent)
				if !r.OK || r.Value != want {
					t.Errorf("%s: %q behind %d bytes: %+v", name, text, size, r)
				} else if read := sent[r.Span.From:r.Span.To]; !strings.Contains(read, text[:len("Can someone")]) && !strings.Contains(read, "stop sending") {
					t.Errorf("%s: %q behind %d bytes was read at %q", name, text, size, read)
				}
			}
		}
	}
	for _, half := range []string{"i want to stop smoking for good and ", "my sister told her boss to stop messaging me and "} {
		for size := range len(half) {
			sent := strings.Repeat("x", size) + " " + long(half, 9_000, "")
			if r := ReadCommand(sent); r.OK {
				t.Fatalf("%d: %+v %q", size, r, sent[r.Span.From:r.Span.To])
			}
		}
	}
}

// A message takes time in proportion to its length: the longest that Slack
// delivers about as much as its pieces do by themselves.
func TestALongTextTakesTimeInProportion(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"just ", "stop ", "i want to ", "not ", "k.", "é", "I do not want to "} {
		text := long(unit, LongestText, "")
		start := time.Now()
		Distress(text)
		ReadCommand(text)
		// Some fifty times what it takes on an idle machine.
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q repeated to %d bytes took %v", unit, len(text), took)
		} else {
			t.Logf("%q: %v", unit, took)
		}
	}
}
