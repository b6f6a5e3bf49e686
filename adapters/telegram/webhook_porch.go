package telegram

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"onestep/bot"
)

// porch is where updates wait that Telegram has brought and the inbox has not
// taken. Those of one chat go in one after the other: Telegram itself sends the
// next only after a yes, but a repeat can come while the first is in hand.
type porch struct {
	places places

	mu    sync.Mutex
	in    bot.Inbox // nil: nobody takes anything
	stop  context.Context
	try   context.Context // of a try itself: it outlives stop by the grace
	free  context.CancelFunc
	hands sync.WaitGroup
	chats map[string]*chatLine
}

// chatLine is who waits for a chat's turn, the one whose turn it is included.
type chatLine struct {
	turn  chan struct{}
	users int
}

func (p *porch) init(log *slog.Logger) {
	p.places = newPlaces(log)
	p.chats = map[string]*chatLine{}
}

// open lets updates in until stop ends or close is called.
func (p *porch) open(stop context.Context, in bot.Inbox, grace time.Duration) {
	try, free := outlive(stop, grace)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.in, p.stop, p.try, p.free = in, stop, try, free
}

// close turns new updates away and waits for those in hand.
func (p *porch) close() {
	p.mu.Lock()
	p.in = nil
	p.mu.Unlock()
	p.hands.Wait()
	p.free()
}

// take gives one update to the inbox and tells whether it was taken. It tries
// again for a moment, which bridges a short outage better than Telegram's own
// repeats, and gives up when the caller has gone.
func (p *porch) take(caller context.Context, a *Adapter, id int64, raw json.RawMessage) bool {
	p.mu.Lock()
	in, stop, try := p.in, p.stop, p.try
	if in == nil || stop.Err() != nil {
		p.mu.Unlock()
		return false
	}
	p.hands.Add(1)
	p.mu.Unlock()
	defer p.hands.Done()

	j := a.read(id, raw)
	a.greet(j)
	if j.done {
		return true
	}
	wait, done := context.WithTimeout(stop, a.waits.reply)
	defer done()
	defer context.AfterFunc(caller, done)()
	if !p.queue(wait, j.update.Chat.ID) {
		return false
	}
	defer p.leave(j.update.Chat.ID)
	b := a.nearby()
	for again := false; ; again = true {
		err := p.places.bring(wait, try, in, j.update, again)
		if err == nil {
			a.clear(j.press)
			return true
		}
		if wait.Err() != nil {
			return false
		}
		pause := b.next()
		a.log.Warn("An update was not taken; trying again.", "update", j.update.ID, "wait", pause, "cause", err)
		if !sleep(wait, pause) {
			return false // Telegram sends it again
		}
	}
}

// queue waits for a chat's turn, and is false when ctx ended before.
func (p *porch) queue(ctx context.Context, chat string) bool {
	p.mu.Lock()
	l := p.chats[chat]
	if l == nil {
		l = &chatLine{turn: make(chan struct{}, 1)}
		p.chats[chat] = l
	}
	l.users++
	p.mu.Unlock()
	select {
	case l.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		p.forget(chat, l)
		return false
	}
}

// leave lets the next of the chat go on.
func (p *porch) leave(chat string) {
	p.mu.Lock()
	l := p.chats[chat]
	p.mu.Unlock()
	<-l.turn
	p.forget(chat, l)
}

func (p *porch) forget(chat string, l *chatLine) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.users--; l.users == 0 {
		delete(p.chats, chat)
	}
}
