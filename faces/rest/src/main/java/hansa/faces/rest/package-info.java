/**
 * The REST face: JSON records of its own, problems as RFC 9457 has them, and an OpenAPI document that a test holds
 * against the routes.
 */
@NullMarked
package hansa.faces.rest;

import org.jspecify.annotations.NullMarked;
