package drawing

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// The weekly check-in fits one page of A4 in letters that can be read: 5.5
// points are those of a timetable.
func TestTheWeeklyCheckInFitsOnePage(t *testing.T) {
	t.Parallel()
	for _, s := range scripts(t) {
		if s.Name() != "weekly" {
			continue
		}
		sh := newSheet(s)
		if points := sheetLetter * 0.75 / sh.fill(); points < 5.5 {
			t.Errorf("letters of %.1f points", points)
		}
		var out bytes.Buffer
		if err := SVG(&out, s); err != nil || !strings.Contains(out.String(), `width="297mm" height="210mm"`) {
			t.Errorf("it is not drawn as a sheet: %v", err)
		}
	}
}

// On a sheet nothing overlaps or leaves the page, lines are not wider than
// their boxes, and each way of each step is said.
func TestSheets(t *testing.T) {
	t.Parallel()
	for _, s := range scripts(t) {
		sh := newSheet(s)
		if scale := sh.fill(); scale > 2 {
			t.Errorf("%s needs a page %.2f times as large", s.Name(), scale)
		}
		if words := sh.heading(); words == "" || wide(words, sheetLetter) > sh.width-2*sheetMargin {
			t.Errorf("%s: its heading is wider than the sheet: %s", s.Name(), words)
		}
		bottom := sh.height - sheetMargin - sh.legendHeight()
		number := make(map[string]int)
		for _, st := range s.Steps() {
			if st.Does != "end" || st.When != "" {
				number[st.ID] = len(number)
			}
		}
		for i, e := range sh.entries {
			if e.column >= sh.columns || e.y < sh.top || e.y+e.height() > bottom+0.01 {
				t.Errorf("%s: step %d is off the page", s.Name(), e.number)
			}
			if i > 0 && sh.entries[i-1].column == e.column && sh.entries[i-1].y+sh.entries[i-1].height() > e.y {
				t.Errorf("%s: steps %d and %d overlap", s.Name(), e.number-1, e.number)
			}
			for _, l := range e.lines {
				width := 0.0
				for _, piece := range l {
					width += wide(piece.words, sheetLetter)
				}
				if width > sh.column-gutter-4 && strings.Count(l[0].words, " ") > 1 {
					t.Errorf("%s: a line of step %d is %.0f wide, its box %.0f", s.Name(), e.number, width, sh.column-gutter)
				}
			}
		}
		for _, st := range s.Steps() {
			from, ok := number[st.ID]
			if !ok {
				continue
			}
			var said strings.Builder
			for _, l := range sh.entries[from].lines {
				for _, piece := range l {
					said.WriteString(piece.words)
				}
				said.WriteString(" ")
			}
			for _, edge := range st.Edges {
				to, isStep := number[edge.To]
				switch {
				case edge.If == "timeout":
				case !isStep && !strings.Contains(said.String(), "■"):
					t.Errorf("%s: %s does not say that it ends (%s)", s.Name(), st.ID, edge.If)
				case isStep && to == from+1 && !sh.entries[from].falls:
					t.Errorf("%s: %s does not lead on", s.Name(), st.ID)
				case isStep && to != from+1 && !strings.Contains(said.String(), fmt.Sprintf("→%d", to+1)):
					t.Errorf("%s: %s does not say that it leads to %s (%s)", s.Name(), st.ID, edge.To, edge.If)
				}
			}
		}
	}
}
