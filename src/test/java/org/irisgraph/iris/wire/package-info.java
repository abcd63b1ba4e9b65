/**
 * A stand-in for an InterSystems IRIS server, for tests: it speaks enough of the wire protocol on a
 * loopback port for the real driver to work, runs the statements on an in-memory H2, counts the
 * messages and injects faults.
 *
 * <p>The layouts were observed on loopback with {@code intersystems-jdbc} 3.10.3: what the driver
 * sends is certain; what the stand-in answers is what the driver accepts with the meaning stated,
 * not what was seen from a real server. Where a class had to choose, its Javadoc says so.
 *
 * <p>{@link org.irisgraph.iris.wire.IrisWireServer} is the way in.
 */
package org.irisgraph.iris.wire;
