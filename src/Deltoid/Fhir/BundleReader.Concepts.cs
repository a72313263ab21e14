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
        var said = Said(concept, words, field).ToList();
        // "iv" and "iv-push" do not contradict each other: the longer word says more
        var most = said.DefaultIfEmpty().MaxBy(static one => one.Name?.Length);
        if (said.Count > 0 && said.TrueForAll(one => one.Name == most.Name
            || most.Name.StartsWith(one.Name + "-", StringComparison.Ordinal)))
            return Done(concept, said.Find(one => one.Name == most.Name).Text);
        if (said.Count > 0) NotUnderstood(concept, field, "its codes and words say different things: keep what is right");
        else if (mustBe) NotUnderstood(concept, field, $"write one of: {string.Join(", ", words.All.Take(8))}");
        return "";
    }

    /// <summary>All that a concept says of a field, as it is written and by our name for it; its text first.</summary>
    static IEnumerable<(string Text, string Name)> Said<T>(FhirNode concept, Vocabulary<T> words, string field)
        where T : struct, Enum
    {
        var texts = new List<string> { concept["text"u8].Peek() };
        foreach (var (system, code, coding) in Codings(concept))
        {
            if (FhirConcepts.WordOf(system, code, field) is { } word) texts.Add(word);
            if (system.StartsWith(FhirSystems.Own, StringComparison.Ordinal)) texts.Add(code);
            texts.Add(coding["display"u8].Peek());
        }
        foreach (var text in texts)
            if (words.TryRead(text, out var read)) yield return (text, words[read]);
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

    /// <summary>
    /// The code of one of the systems; empty where there is none. Several are not understood. The concept counts as
    /// read.
    /// </summary>
    string CodeOf(FhirNode concept, Func<string, bool> isSystem, bool isWhole = true)
    {
        var codes = CodesOf(concept, isSystem);
        if (codes.Count > 1) NotUnderstood(concept, "which of its codes counts", "keep one code");
        if (codes.Count != 1) return "";
        foreach (var (_, code, coding) in Codings(concept))
            if (code == codes.First()) (isWhole ? concept : coding).Done();
        return codes.First();
    }

    static HashSet<string> CodesOf(FhirNode concept, Func<string, bool> isSystem) =>
        [.. Codings(concept).Where(c => isSystem(c.System) && c.Code.Length > 0).Select(static c => c.Code)];

    /// <summary>An amount with its unit, as <c>1000 mcg</c>; empty where there is none.</summary>
    string AmountOf(FhirNode quantity, string field)
    {
        if (quantity.IsNone || IsAbsent(quantity)) return "";
        var (value, unit, code) = (quantity["value"u8].Peek(), quantity["unit"u8].Peek(), quantity["code"u8].Peek());
        var coded = FhirConcepts.WordOf(FhirSystems.Ucum, code, "unit") ?? code;
        if (Amount.UnitOf(unit) == MeasureUnit.None) unit = unit.Length > 0 && coded.Length == 0 ? unit : coded;
        else if (Amount.UnitOf(coded) is not MeasureUnit.None and var other && other != Amount.UnitOf(unit))
        {
            NotUnderstood(quantity, field + ", whose unit and code differ,", "write the same unit in both");
            return "";
        }
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
        var type = person.IsNone ? reference["reference"u8].Peek().Split('/') is [.., var named, _] ? named : ""
            : person.Type;
        return type switch { "Patient" => "patient", "RelatedPerson" => "caregiver", _ => "" };
    }

    /// <summary>The ICD-10-CM codes of conditions that references point to.</summary>
    List<string> DiagnosesOf(IEnumerable<FhirNode> references, FhirNode within)
    {
        var codes = new List<string>();
        foreach (var reference in references)
        {
            var condition = Follow(reference, within, "a diagnosis");
            if (condition.Type != "Condition" || !Counts(condition) || !IsSure(condition)) continue;
            if (CodeOf(condition["code"u8], FhirSystems.IsDiagnosis) is { Length: > 0 } code)
            {
                condition["clinicalStatus"u8].Done();
                codes.Add(code);
            }
            else NotUnderstood(condition["code"u8], "the diagnosis", "add its ICD-10-CM code");
        }
        return codes;
    }
}
