package drawing

import "strings"

// fill puts the entries into columns on the smallest page of the shape of a
// sheet of paper that holds them. The letters become smaller by the scale.
func (sh *sheet) fill() (scale float64) {
	for scale = 0.7; scale < 6; scale += 0.01 {
		sh.width, sh.height = sheetWidth*scale, sheetHeight*scale
		for sh.columns = 2; sh.columns < 12; sh.columns++ {
			sh.column = (sh.width - 2*sheetMargin) / float64(sh.columns)
			if sh.column >= narrowest && sh.column <= widest && sh.flow() {
				return scale
			}
		}
	}
	return scale
}

// flow fills the columns one after the other, and tells whether that is enough.
func (sh *sheet) flow() bool {
	sh.list()
	sh.top = sheetMargin + 32
	bottom := sh.height - sheetMargin - sh.legendHeight()
	column, y, fits := 0, sh.top, true
	for i := range sh.entries {
		e := &sh.entries[i]
		if y > sh.top && y+e.height() > bottom {
			column, y = column+1, sh.top
		}
		e.column, e.y = column, y
		y += e.height() + sheetGap
		fits = fits && column < sh.columns && e.y+e.height() <= bottom
	}
	return fits
}

// left is where the boxes of a column begin.
func (sh *sheet) left(column int) float64 { return sheetMargin + gutter + float64(column)*sh.column }

// wide is about how wide words are in the widest of the faces, in pixels.
func wide(words string, size float64) float64 {
	sum := 0.0
	for _, r := range words {
		switch {
		case strings.ContainsRune("ijl.,:;'|!()[]{}ftrI \u2019", r):
			sum += 0.37
		case strings.ContainsRune("mwMW@%&→…■", r):
			sum += 0.93
		case r >= 'A' && r <= 'Z' || r == '_' || r == '=' || r == '<' || r == '>':
			sum += 0.7
		default:
			sum += 0.6
		}
	}
	return sum * size
}

// fit breaks words into lines that are no wider than the room.
func fit(words string, room, size float64) []string {
	var lines []string
	current := ""
	for _, w := range strings.Fields(words) {
		if next := strings.TrimSpace(current + " " + w); current == "" || wide(next, size) <= room {
			current = next
			continue
		}
		lines = append(lines, current)
		current = w
	}
	return append(lines, current)
}

// cut is as much of the words as the room has, on one line.
func cut(words string, room, size float64) string {
	runes := []rune(strings.Join(strings.Fields(words), " "))
	if wide(string(runes), size) <= room {
		return string(runes)
	}
	for len(runes) > 0 && wide(string(runes)+"…", size) > room {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}
