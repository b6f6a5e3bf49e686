package dialogs

import (
	"regexp"
	"strings"

	"github.com/chai2010/gettext-go/po"
)

// Translations are PO files, which translators have tools for. The library
// reads and writes their parts; it neither knows on which line a part stands
// nor refuses what is no PO file, so that is done here first.

// poEntry is one text of a PO file and the lines where its parts begin.
type poEntry struct {
	po.Message
	contextLine, textLine, translationLine int
}

// poLine is a line with a keyword and a quoted text.
var poLine = regexp.MustCompile(`^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*"((?:[^"\\]|\\.)*)"$`)

// poMore is a line that goes on with the text of the one above.
var poMore = regexp.MustCompile(`^"((?:[^"\\]|\\.)*)"$`)

// readPO reads a translation. ok is false when it is no PO file; then the
// faults say where.
func readPO(file, source string, f *faults) (header po.Header, entries []poEntry, ok bool) {
	before := len(f.list)
	plain, entries := separate(file, source, f)
	if len(f.list) > before {
		return header, nil, false
	}
	parsed, err := po.Load([]byte(plain))
	if err != nil {
		f.add(pos{file: file}, "this is no PO file: %v", err)
		return header, nil, false
	}
	if len(parsed.Messages) != len(entries) {
		f.add(pos{file: file}, "this PO file holds %d texts, and %d of them can be read", len(entries), len(parsed.Messages))
		return header, nil, false
	}
	for i := range entries {
		entries[i].Message = parsed.Messages[i]
	}
	return parsed.MimeHeader, entries, true
}

// separate checks each line, notes where the parts of each text begin, leaves
// out what is obsolete (#~) and puts an empty line between texts: the library
// would take two that touch for one.
func separate(file, source string, f *faults) (plain string, entries []poEntry) {
	var out strings.Builder
	var entry poEntry
	var id string // what the text is, to tell the header
	last := ""    // the keyword above
	open := false // an entry has begun
	finish := func() {
		if open && last != "" {
			if !strings.HasPrefix(last, "msgstr") {
				f.add(pos{file, max(entry.textLine, entry.contextLine), 1}, "this text has no msgstr")
			}
			if id != "" {
				entries = append(entries, entry)
			}
		}
		entry, id, last, open = poEntry{}, "", "", false
		out.WriteByte('\n')
	}
	for i, line := range strings.Split(strings.TrimPrefix(source, "\ufeff"), "\n") {
		at := pos{file, i + 1, 1}
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			finish()
			continue
		case strings.HasPrefix(line, "#~"):
			continue
		case strings.HasPrefix(line, "#"):
			if last != "" {
				finish()
			}
		case poLine.MatchString(line):
			m := poLine.FindStringSubmatch(line)
			keyword := m[1]
			if last != "" && (keyword == "msgctxt" || keyword == "msgid" && last != "msgctxt") {
				finish()
			}
			switch {
			case keyword == "msgctxt":
				entry.contextLine = i + 1
			case keyword == "msgid":
				entry.textLine, id = i+1, m[2]
			case keyword == "msgid_plural" && last != "msgid", strings.HasPrefix(keyword, "msgstr") && (last == "" || last == "msgctxt"):
				f.add(at, "%s stands where no msgid is above it", keyword)
			case strings.HasPrefix(keyword, "msgstr") && entry.translationLine == 0:
				entry.translationLine = i + 1
			}
			last, open = keyword, true
		case poMore.MatchString(line):
			if last == "" {
				f.add(at, "this text belongs to nothing: a line with msgid or msgstr is missing above it")
			}
			if last == "msgid" {
				id += line
			}
		case strings.Contains(line, `"`):
			f.add(at, "the quotation marks do not fit: a text begins and ends with one, and one inside it is written \\\"")
		default:
			f.add(at, "this is no line of a PO file; it begins with #, msgctxt, msgid, msgstr or a quotation mark")
		}
		out.WriteString(line)
		out.WriteByte('\n')
	}
	finish()
	return out.String(), entries
}
