/** Tests of the REST face over HTTP, on the domain and a simulated cloud. */
@NullMarked
package hansa.faces.rest;

import org.jspecify.annotations.NullMarked;
