package reply

import "math"

// clocks finds the part of the day that a clock time lies in, where parts of
// the day are options: 9am is the morning, 2pm the afternoon, 7pm the evening.
func (c *chooser) clocks() []mention {
	var out []mention
	for i, t := range c.tokens {
		if t.kind != numberToken || t.value < 1 || t.value >= 13 {
			continue
		}
		half := t.suffix
		if half == "" && i+1 < len(c.tokens) {
			half = c.tokens[i+1].text
		}
		part := ""
		switch hour := int(t.value); {
		case half == "am" && hour < 12:
			part = "morning"
		case half == "pm" && (hour == 12 || hour < 5):
			part = "afternoon"
		case half == "pm" && hour > 5:
			part = "evening"
		default:
			continue
		}
		for _, name := range c.names {
			if name.rank == rankLabel && len(name.words) == 1 && name.words[0].text == part {
				out = append(out, mention{option: name.option, from: i, to: i + 1, rule: "choice/synonym", rank: rankGroup})
				break
			}
		}
	}
	return out
}

// clockOf gives the extent of a label that holds clock times: "Before 9am", "9am
// to 12pm".
func clockOf(label []shape) extent {
	var at []float64
	low, high := false, false
	for i, w := range label {
		half := w.suffix
		if w.number && half == "" && i+1 < len(label) {
			half = label[i+1].text
		}
		switch {
		case w.number && (half == "am" || half == "pm" || half == "noon"):
			h := math.Mod(w.count, 12)
			if half != "am" {
				h += 12
			}
			at = append(at, h)
		case w.text == "noon" || w.text == "midday":
			if i == 0 || !label[i-1].number { // "12 noon" is one
				at = append(at, 12)
			}
		case w.text == "before" || lowWords[w.text]:
			low = true
		case w.text == "after" || w.text == "from" && len(label) < 4 || highWords[w.text]:
			high = true
		}
	}
	switch {
	case len(at) == 2 && at[0] < at[1]:
		return extent{byHour, at[0], at[1], true}
	case len(at) == 1 && low:
		return extent{byHour, 0, at[0], true}
	case len(at) == 1 && high:
		return extent{byHour, at[0], 24, false}
	}
	return extent{}
}

// aTime reads a part of the day that a label with clock times holds: "lunchtime".
func (c *chooser) aTime() (e extent, from, to int) {
	for i := range c.tokens {
		for end := min(i+3, len(c.tokens)); end > i; end-- {
			if e, ok := namedExtents[gist(c.shapes[i:end])]; ok && e.of == byHour && c.only(i, end) {
				return e, i, end
			}
		}
	}
	return extent{}, 0, 0
}
