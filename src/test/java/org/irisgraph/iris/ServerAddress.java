package org.irisgraph.iris;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The host of a server, by its name and its numbers, as messages of drivers write it. */
record ServerAddress(Pattern pattern) {

  static ServerAddress of(String jdbcUrl) {
    String host = URI.create(jdbcUrl.substring("jdbc:".length())).getHost();
    Set<String> names = new LinkedHashSet<>();
    names.add(host);
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        names.add(address.getHostAddress());
      }
    } catch (UnknownHostException e) {
      // Then no message has its numbers.
    }
    return new ServerAddress(
        Pattern.compile(
            "(?<![\\w.-])(?:%s)(?:[/:][\\d.:]*\\d)?(?![\\w-])"
                .formatted(names.stream().map(Pattern::quote).collect(Collectors.joining("|"))),
            Pattern.CASE_INSENSITIVE));
  }

  String removeFrom(String text) {
    return pattern.matcher(text).replaceAll("SERVER");
  }
}
