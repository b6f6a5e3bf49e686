package drawing

import (
	"strings"

	"onestep/dialogs"
)

// usedTags are the tags of a drawing by the class of paint that they give, in
// the order of the vocabulary; "mechanism" has those that give none.
type usedTags map[string][]string

// usedOf picks the tags that something in the drawing carries.
func usedOf(carries func(tag string) bool) usedTags {
	used := make(usedTags)
	for _, t := range dialogs.Tags {
		if !carries(t.Name) {
			continue
		}
		class := "move"
		switch {
		case t.Technique:
			class = string(t.Family)
		case t.Name == "safety":
			class = "safety"
		case t.Fixed:
			class = "fixed"
		case t.Move == "":
			class = "mechanism"
		}
		used[class] = append(used[class], t.Name)
	}
	return used
}

// about says what a paint stands for in this drawing.
func (u usedTags) about(p paint) string {
	if tags := u[p.class]; len(tags) > 0 {
		return p.about + ": " + strings.Join(tags, ", ")
	}
	return p.about
}
