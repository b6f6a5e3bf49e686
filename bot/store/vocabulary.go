package store

import (
	_ "embed"
	"encoding/binary"
	"strings"
)

// vocabulary are texts that journals are full of: kinds, rules, and the steps
// of the built-in check-ins, one a line. The number of a line stands for its
// text in what is stored, so lines are never changed, moved or removed; new
// ones come to the end. A text that is not here is written out.
//
//go:embed vocabulary.txt
var vocabularyText string

var (
	vocabulary = strings.Split(strings.TrimSpace(vocabularyText), "\n")
	lineOf     = func() map[string]int {
		lines := make(map[string]int, len(vocabulary))
		for i, text := range vocabulary {
			lines[text] = i
		}
		return lines
	}()
)

// appendName writes a text that may be in the vocabulary: its line doubled plus
// one, or its length doubled and the text itself.
func appendName(dst []byte, s string) []byte {
	if line, ok := lineOf[s]; ok {
		return binary.AppendUvarint(dst, uint64(line)<<1|1)
	}
	return append(binary.AppendUvarint(dst, uint64(len(s))<<1), s...)
}

// name reads a name if there is one.
func (c *column) name(is bool) string {
	if !is {
		return ""
	}
	code := c.uvarint()
	if n := code >> 1; code&1 == 1 {
		if n >= uint64(len(vocabulary)) {
			c.fail()
			return ""
		}
		return vocabulary[n]
	} else if n <= uint64(len(c.b)) {
		text := string(c.b[:n])
		c.b = c.b[n:]
		return text
	}
	c.fail()
	return ""
}
