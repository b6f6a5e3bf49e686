package simulator

import (
	"slices"
	"strconv"
	"time"

	"onestep/bot"
)

// Post is one thing that stands in a chat.
type Post struct {
	// Seq counts the posts of all chats, from 1.
	Seq int
	// ID names the post, such as "m12".
	ID   string
	Chat string
	// From is the person who wrote or pressed; empty for the bot.
	From string
	Kind PostKind
	// Text is what was written, or the label of the pressed button.
	Text    string
	Buttons []bot.Button
	At      time.Time
}

// PostKind says how a post came to be.
type PostKind int

// The kinds of posts. All but Words are acts of people.
const (
	Words  PostKind = iota // a message
	Press                  // a button was pressed
	Edit                   // an earlier message was changed; Text is the new one
	Media                  // something that is not words; Text is its caption
	Leave                  // the person blocked the bot
	Return                 // the person unblocked it
)

// post appends p and wakes who waits. The caller holds the lock.
func (a *Adapter) post(p Post) string {
	p.Seq = len(a.posts) + 1
	p.ID = "m" + strconv.Itoa(p.Seq)
	p.At = a.now()
	p.Buttons = slices.Clone(p.Buttons)
	a.posts = append(a.posts, p)
	a.wake()
	return p.ID
}

// wake tells everyone who waits that something changed.
func (a *Adapter) wake() {
	close(a.changed)
	a.changed = make(chan struct{})
}

// Since gives the posts of all chats after number seq, oldest first, and a
// channel that is closed when there may be more. The caller must not change
// the posts.
func (a *Adapter) Since(seq int) ([]Post, <-chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	seq = max(0, min(seq, len(a.posts)))
	return slices.Clone(a.posts[seq:]), a.changed
}

// Transcript gives all posts of one chat, oldest first.
func (a *Adapter) Transcript(chat string) []Post {
	a.mu.Lock()
	defer a.mu.Unlock()
	var posts []Post
	for _, p := range a.posts {
		if p.Chat == chat {
			posts = append(posts, p)
		}
	}
	return posts
}
