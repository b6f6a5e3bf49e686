package simulator

import (
	"cmp"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// The page of the terminal. Each pane stands further to the right than the one
// before, so that the chats are apart even where every line is read aloud.
const (
	pageWidth = 80 // columns, all panes together: the width of any terminal
	paneShift = 10 // columns from the start of one pane to that of the next
	textShift = 2  // columns from a header to the text below it
)

// Terminal shows chats as a stream of plain lines: no cursor movement, so that
// it reads the same on a terminal, in a log and through a screen reader.
type Terminal struct {
	out    io.Writer
	a      *Adapter
	panes  []Pane
	zone   *time.Location
	colour bool

	seen int    // posts shown so far
	head string // the header of the last block
	err  error
}

// NewTerminal shows the panes of a simulator on out, with times in zone.
// Colour only makes headers easier to find; it carries no meaning.
func NewTerminal(out io.Writer, a *Adapter, zone *time.Location, colour bool, panes ...Pane) *Terminal {
	return &Terminal{out: out, a: a, panes: panes, zone: zone, colour: colour}
}

// IsTerminal tells whether somebody may be looking at out as it is written.
func IsTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Colour tells whether out may be coloured: it is a terminal, and the person
// has not asked for none (https://no-color.org).
func Colour(out io.Writer, env func(string) string) bool {
	return IsTerminal(out) && env("NO_COLOR") == "" && env("TERM") != "dumb"
}

// Show prints what was posted since the last Show, in order; of one instant,
// pane by pane, so that a chat is not torn apart by another. It returns the
// first error of the writer, now and ever after.
func (t *Terminal) Show() error {
	posts, _ := t.a.Since(t.seen)
	t.seen += len(posts)
	slices.SortStableFunc(posts, func(p, q Post) int {
		return cmp.Or(p.At.Compare(q.At), t.pane(p)-t.pane(q))
	})
	for _, post := range posts {
		if i := t.pane(post); i >= 0 {
			t.block(i, t.panes[i], post)
		}
	}
	return t.err
}

// pane is the place of a post's chat among the panes, -1 for none.
func (t *Terminal) pane(post Post) int {
	return slices.IndexFunc(t.panes, func(p Pane) bool { return p.Seat.chat == post.Chat })
}

// Note prints a line that belongs to no chat, such as "A week later."
func (t *Terminal) Note(text string) error {
	t.head = ""
	var b strings.Builder
	b.WriteString("\n")
	mark := "* "
	for _, line := range wrap(text, pageWidth-len(mark)) {
		b.WriteString(strings.TrimRight(mark+line, " ") + "\n")
		mark = "  "
	}
	t.write(b.String())
	return t.err
}

// block prints one post. Posts of one speaker in one minute share a header.
func (t *Terminal) block(i int, pane Pane, post Post) {
	indent := strings.Repeat(" ", i*paneShift)
	body := indent + strings.Repeat(" ", textShift)
	width := pageWidth - (len(t.panes)-1)*paneShift - textShift
	var b strings.Builder
	b.WriteString("\n")
	head := indent + pane.Title + " | " + post.At.In(t.zone).Format(timeLayout) + " | " + pane.speaker(post)
	if head != t.head {
		t.head = head
		b.WriteString(indent + t.paint(i, strings.TrimPrefix(head, indent)) + "\n")
	}
	text := post.Text
	if post.Kind == Press {
		text = "[" + text + "]"
	}
	if text != "" {
		for _, line := range wrap(text, width) {
			b.WriteString(strings.TrimRight(body+line, " ") + "\n")
		}
	}
	for _, line := range t.buttonLines(pane, post, width) {
		b.WriteString(body + line + "\n")
	}
	t.write(b.String())
}

// buttonLines shows a post's buttons with what to type for each: "[1] Yes
// [2] No", or "[0] [1] [2]" where the label is the key.
func (t *Terminal) buttonLines(pane Pane, post Post, width int) []string {
	if len(post.Buttons) == 0 {
		return nil
	}
	before := slices.DeleteFunc(t.a.Transcript(post.Chat), func(p Post) bool { return p.Seq > post.Seq })
	var lines []string
	line := ""
	for _, c := range pane.open(before) {
		if c.message != post.ID {
			continue
		}
		button, gap := "["+c.key+"]", " "
		if c.key != c.label {
			button, gap = button+" "+c.label, "  "
		}
		switch {
		case line == "":
			line = button
		case columns(line+gap+button) > width:
			lines = append(lines, line)
			line = button
		default:
			line += gap + button
		}
	}
	return append(lines, line)
}

// paint makes a header bold and gives each pane a colour of its own that reads
// well on dark and on light ground: cyan, magenta, green.
func (t *Terminal) paint(i int, head string) string {
	if !t.colour {
		return head
	}
	return "\x1b[1;" + [...]string{"36", "35", "32"}[i%3] + "m" + head + "\x1b[0m"
}

func (t *Terminal) write(text string) {
	if t.err == nil {
		_, t.err = io.WriteString(t.out, text)
	}
}
