package org.irisgraph.base;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks the causes of an exception. */
public final class Causes {

  /** A bound, since causes may form a ring. */
  private static final int DEEPEST = 50;

  private Causes() {}

  /** The exception itself, its cause, the cause of that, and so on; at most 50. */
  public static Stream<Throwable> of(@Nullable Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  /** The outermost exception of a type. */
  public static <T extends Throwable> Optional<T> first(
      @Nullable Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The innermost exception, or the one at which the walk ends. */
  public static Throwable root(Throwable failure) {
    return of(failure).reduce(failure, (outer, inner) -> inner);
  }
}
