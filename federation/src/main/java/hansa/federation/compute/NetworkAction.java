package hansa.federation.compute;

/** What can be asked of a network (GFD.224 §3.2). */
public enum NetworkAction {
    UP,
    DOWN
}
