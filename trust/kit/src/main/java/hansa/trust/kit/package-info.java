/** Makes up authorities, certificates, proxies and attribute certificates, good and bad, for tests and benchmarks. */
@NullMarked
package hansa.trust.kit;

import org.jspecify.annotations.NullMarked;
