package walk

import (
	"fmt"
)

// event is the next thing that happens.
func (w *walker) event() {
	s := w.player.State()
	switch {
	case s.Held:
		w.whileHeld()
	case s.Stopped || s.PausedUntil.After(w.player.At()) && s.Session == nil:
		w.whileSilent()
	case s.Session == nil:
		w.whileIdle()
	case w.IntN(100) < w.Person.strays():
		w.stray()
	default:
		w.answerOrWait()
	}
}

func (w *walker) answerOrWait() {
	if w.player.State().Session == nil {
		w.pass()
		return
	}
	if w.IntN(100) < w.Person.silence() {
		w.do(fmt.Sprintf("wait %dh", 6+w.IntN(140)))
		return
	}
	if w.IntN(3) == 0 {
		w.do(fmt.Sprintf("wait %dm", 1+w.IntN(240)))
		if w.player.State().Session == nil {
			return
		}
	}
	ask := w.player.Asked()
	if len(ask.Choices) > 0 && w.IntN(100) < w.Person.presses() {
		w.do("press " + ask.Choices[w.IntN(len(ask.Choices))].Label)
		return
	}
	w.write(w.answer())
}

// answer is what this person would write to the open question.
func (w *walker) answer() string {
	return w.Answer(w.rules.asks(w.player.State()), w.player.Asked().Choices)
}

// write sends words.
func (w *walker) write(words string) {
	w.said++
	w.do("patient: " + oneLine(words))
}

func (w *walker) whileHeld() {
	switch w.IntN(6) {
	case 0:
		w.do("false-alarm")
	case 1, 2:
		w.do("release")
	case 3:
		w.do(fmt.Sprintf("wait %dh", 1+w.IntN(200)))
	case 4:
		w.write(w.Danger())
	default:
		w.write(w.Aside())
	}
}

func (w *walker) whileSilent() {
	switch w.IntN(6) {
	case 0, 1:
		w.write(pick(w, "start", "START", "I'd like to start again please", "can we begin again"))
	case 2:
		w.do("wait 200h")
	case 3:
		w.due()
	case 4:
		w.write(w.Aside())
	default:
		w.stray()
	}
}

// due makes a script come due at any time.
func (w *walker) due() {
	if w.rules.planned || len(w.scripts) == 0 {
		w.pass()
		return
	}
	w.do("begin " + w.scripts[w.IntN(len(w.scripts))])
}

func (w *walker) whileIdle() {
	switch n := w.IntN(100); {
	case n < 12:
		w.due()
	case n < 20:
		w.write(w.Aside())
	case n < 24:
		w.stray()
	default:
		w.pass()
	}
}

// pass lets time go to what falls due next, and a bit more.
func (w *walker) pass() {
	next := w.player.Next()
	if next.IsZero() {
		if w.rules.planned || len(w.scripts) == 0 || w.player.State().Stopped || w.IntN(3) == 0 {
			w.do("wait 170h")
			return
		}
		w.due()
		return
	}
	w.do(fmt.Sprintf("wait %dm", int(next.Sub(w.player.At()).Minutes())+1+w.IntN(30)))
}

// stray is anything but an answer.
func (w *walker) stray() {
	switch n := w.IntN(24); n {
	case 0, 1:
		w.write(w.Skip())
	case 2, 3:
		w.write(w.Back())
	case 4, 5, 6:
		w.write(w.Wish())
	case 7:
		w.write(w.Stop())
	case 8, 9:
		w.write(pick(w, "No, I meant ", "sorry, ", "I meant ", "should be ") + pick(w, "6", "2", "yes", "no", "Friday", "9"))
	case 10, 11:
		if len(w.buttons) > 0 {
			w.do("press-old " + w.buttons[w.IntN(len(w.buttons))].Value)
			return
		}
		w.do("press-old 5")
	case 12, 13:
		w.do("edit: " + oneLine(w.answer()))
	case 14:
		w.do("media: " + pick(w, "", "", "me and the dog", "my garden", oneLine(w.answer())))
	case 15:
		w.due()
	case 16:
		w.write(pick(w, "start", "/start", "Start"))
	case 17:
		w.do("edit: " + w.Danger())
	case 18:
		w.do("media: " + w.Danger())
	case 19:
		w.write(w.Danger())
	case 20:
		w.do("edit: " + w.Stop())
	default:
		w.write(w.Aside())
	}
}
