/** A page about an index that opens in any browser, without a network. */
@NullMarked
package org.irisgraph.htmlreport;

import org.jspecify.annotations.NullMarked;
