package bot_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"onestep/bot"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// edited are the check-ins in English with a changed first conversation.
func edited(w *world, changes ...string) *dialogs.Edition {
	w.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(checkins.Files, "*.yaml")
	if err != nil {
		w.Fatal(err)
	}
	for _, name := range names {
		source, err := fs.ReadFile(checkins.Files, name)
		if err != nil {
			w.Fatal(err)
		}
		if name == "first.yaml" {
			source = []byte(strings.NewReplacer(changes...).Replace(string(source)))
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	e, err := dialogs.Load(files)
	if err != nil {
		w.Fatal(err)
	}
	return e
}

// edition is the one that the patient's open dialog is on.
func (w *world) edition() string {
	w.Helper()
	id, err := w.store.Find(w.ctx, patient)
	if err != nil {
		w.Fatal(err)
	}
	conv, err := w.store.Load(w.ctx, id)
	if err != nil || conv.Patient.Dialog.Session == nil {
		w.Fatalf("no dialog is open (%v)", err)
	}
	return conv.Patient.Dialog.Session.Edition
}

// Scripts are published while a patient is in the middle of a question: by its
// mapping the dialog moves at the next answer, without one it stays.
func TestADialogMovesToPublishedScripts(t *testing.T) {
	const easy = "First an easy one. What do you like"
	for name, c := range map[string]struct {
		mapping string
		says    string
	}{
		"mapped":   {"\nrenamed: {safe: private}\nsteps:", "To begin with something easy. What do you like"},
		"unmapped": {"\nsteps:", easy},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			began := w.edition()
			w.expect(w.presses(patient, "Yes"), patient, "Is this a private and safe place")
			now := edited(w, "\nsteps:", c.mapping, "id: safe\n", "id: private\n", "go: safe\n", "go: private\n", easy, "To begin with something easy. What do you like")
			if err := w.bot.Scripts.(*bot.Library).Publish(w.ctx, now); err != nil {
				t.Fatal(err)
			}
			// The button is the one that was shown before.
			w.expect(w.presses(patient, "Yes"), patient, c.says)
			if moved := w.edition() == now.ID(); moved != (name == "mapped") || !moved && w.edition() != began {
				t.Errorf("the dialog is on %s", w.edition())
			}
		})
	}
}
