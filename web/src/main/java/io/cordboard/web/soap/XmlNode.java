package io.cordboard.web.soap;

import io.cordboard.kernel.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element that came in.
 *
 * @param mustUnderstand as SOAP means it
 */
record XmlNode(
    String namespace, String name, String text, List<XmlNode> children, boolean mustUnderstand) {
  XmlNode {
    children = List.copyOf(children);
  }

  boolean is(String otherNamespace, String otherName) {
    return namespace.equals(otherNamespace) && name.equals(otherName);
  }

  /** Goes on only where each child is one of these, and none comes twice. */
  void mustHaveOnly(Set<String> names) {
    Set<String> seen = new HashSet<>();
    for (XmlNode child : children) {
      if (!child.namespace.equals(namespace) || !names.contains(child.name) || !child.children.isEmpty()) {
        throw new Fault.BadRequest(
            "'%s' does not belong into '%s': look into the WSDL."
                .formatted(Fault.excerpt(child.name), Fault.excerpt(name)));
      }
      if (!seen.add(child.name)) {
        throw new Fault.BadRequest("'%s' stands there twice.".formatted(Fault.excerpt(child.name)));
      }
    }
  }

  /** The text of a child; null where there is none. */
  @Nullable String child(String wanted) {
    return children.stream()
        .filter(one -> one.name.equals(wanted))
        .map(XmlNode::text)
        .findFirst()
        .orElse(null);
  }
}
