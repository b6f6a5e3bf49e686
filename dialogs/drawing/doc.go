// Package drawing draws a script: as Mermaid and DOT for other programs, and
// as an SVG page that needs none. Steps that always follow one another share a
// box, so that a check-in fits on a page.
package drawing
