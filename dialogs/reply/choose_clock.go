package reply

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
