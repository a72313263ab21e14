using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Concepts, quantities and names as words of the encounter.</summary>
internal sealed partial class BundleReader
{
    static IEnumerable<(string System, string Code, FhirNode Node)> Codings(FhirNode concept)
    {
        foreach (var coding in concept["coding"u8].Items)
            yield return (coding["system"u8].Peek(), coding["code"u8].Peek(), coding);
    }

    /// <summary>What a concept is called: its text, or what a coding displays. It counts as read.</summary>
    static string NameOf(FhirNode concept)
    {
        if (concept.IsNone) return "";
        var name = concept["text"u8].Peek();
        foreach (var (_, _, coding) in Codings(concept))
            if (name.Length == 0) name = coding["display"u8].Peek();
        if (name.Length > 0) concept.Done();
        return name;
    }

    /// <summary>A word of a vocabulary: by the text, by a code of any system, or by what is displayed.</summary>
    string WordOf<T>(FhirNode concept, Vocabulary<T> words, string field, bool mustBe = true) where T : struct, Enum
    {
        if (concept.IsNone || IsAbsent(concept)) return "";
        var text = concept["text"u8].Peek();
        if (words.TryRead(text, out _)) return Done(concept, text);
        foreach (var (system, code, coding) in Codings(concept))
        {
            if (FhirConcepts.WordOf(system, code, field) is { } word) return Done(concept, word);
            if (system.StartsWith(FhirSystems.Own, StringComparison.Ordinal) && words.TryRead(code, out _))
                return Done(concept, code);
            if (words.TryRead(coding["display"u8].Peek(), out _)) return Done(concept, coding["display"u8].Peek());
        }
        if (mustBe) NotUnderstood(concept, field, $"write one of: {string.Join(", ", words.All.Take(8))}");
        return "";
    }

    static string Done(FhirNode node, string text)
    {
        node.Done();
        return text;
    }

    /// <summary>It says that it is not known.</summary>
    static bool IsAbsent(FhirNode node)
    {
        foreach (var extension in node["extension"u8].Items)
            if (extension["url"u8].Is(FhirSystems.AbsentReason))
            {
                node.Done();
                return true;
            }
        return false;
    }

    /// <summary>The code of one of the systems; empty where there is none. The concept counts as read.</summary>
    static string CodeOf(FhirNode concept, Func<string, bool> isSystem)
    {
        foreach (var (system, code, _) in Codings(concept))
            if (isSystem(system) && code.Length > 0) return Done(concept, code);
        return "";
    }

    /// <summary>An amount with its unit, as <c>1000 mcg</c>; empty where there is none.</summary>
    string AmountOf(FhirNode quantity, string field)
    {
        if (quantity.IsNone || IsAbsent(quantity)) return "";
        var (value, unit, code) = (quantity["value"u8].Peek(), quantity["unit"u8].Peek(), quantity["code"u8].Peek());
        if (Amount.UnitOf(unit) == MeasureUnit.None)
            unit = FhirConcepts.WordOf(FhirSystems.Ucum, code, "unit") ?? (unit.Length > 0 ? unit : code);
        if (value.Length > 0 && quantity["comparator"u8].IsNone && Amount.TryParse($"{value} {unit}", out _))
            return Done(quantity, $"{value} {unit}");
        NotUnderstood(quantity, field, "write a value with a unit such as mg, mcg, mL or units");
        return "";
    }

    /// <summary>An NPI by which a reference names somebody, there or in what it points to.</summary>
    string NpiOf(FhirNode reference, FhirNode within)
    {
        if (reference["identifier"u8]["system"u8].Is(FhirSystems.Npi))
            return reference["identifier"u8].Done()["value"u8].Text();
        var person = Resolve(reference, within);
        if (person.Type == "PractitionerRole")
        {
            var practitioner = NpiOf(person["practitioner"u8], person);
            if (practitioner.Length > 0) return practitioner;
        }
        foreach (var identifier in person["identifier"u8].Items)
            if (identifier["system"u8].Is(FhirSystems.Npi)) return identifier.Done()["value"u8].Text();
        return "";
    }

    /// <summary>What somebody is (RN, MA …): by the words of the reference, a role or a qualification.</summary>
    string RoleOf(FhirNode reference, FhirNode within)
    {
        var person = Resolve(reference, within);
        foreach (var code in person["code"u8].Items)
            if (WordOf(code, Values.Words.Roles, "role", mustBe: false) is { Length: > 0 } role) return role;
        foreach (var qualification in person["qualification"u8].Items)
            if (WordOf(qualification["code"u8], Values.Words.Roles, "role", mustBe: false) is { Length: > 0 } role)
                return role;
        if (person.Type == "PractitionerRole" && RoleOf(person["practitioner"u8], person) is { Length: > 0 } its)
            return its;
        return person.Type switch { "Patient" => "patient", "RelatedPerson" => "caregiver", _ => "" };
    }

    /// <summary>The ICD-10-CM codes of conditions that references point to.</summary>
    List<string> DiagnosesOf(IEnumerable<FhirNode> references, FhirNode within)
    {
        var codes = new List<string>();
        foreach (var reference in references)
        {
            var condition = Resolve(reference, within);
            if (condition.Type != "Condition") continue;
            if (CodeOf(condition["code"u8], FhirSystems.IsDiagnosis) is { Length: > 0 } code)
            {
                condition["clinicalStatus"u8].Done();
                condition["verificationStatus"u8].Done();
                codes.Add(code);
            }
            else NotUnderstood(condition["code"u8], "the diagnosis", "add its ICD-10-CM code");
        }
        return codes;
    }
}
