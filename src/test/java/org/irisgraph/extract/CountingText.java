package org.irisgraph.extract;

/** A text that counts how often its characters are read, to show linear time without a clock. */
final class CountingText implements CharSequence {

  private final CharSequence text;
  private long reads;

  CountingText(CharSequence text) {
    this.text = text;
  }

  double readsPerCharacter() {
    return (double) reads / text.length();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    reads++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    reads += end - start;
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
