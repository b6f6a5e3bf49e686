// Package dialogs is the pure core: what to say next, and what to ask of the
// world. Step takes a script, the state of one person's dialog and an event,
// and returns the next state and a list of effects. It calls nobody, reads no
// clock and draws no random number, so running it twice changes nothing.
package dialogs
