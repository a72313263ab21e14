using System.Globalization;
using Deltoid.Store;
using Deltoid.Values;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>The fields of a claim as people call them, in the language of the request.</summary>
static class FieldWords
{
    /// <summary>The field with its place on the form: <c>Line 2, units (24G)</c>, <c>Patient status (FL 17)</c>.
    /// </summary>
    public static string LabelOf(string name, Setting setting) => name.Split('.') switch
    {
        ["dx", var at] when int.TryParse(at, CultureInfo.InvariantCulture, out var position) => setting
            == Setting.Facility && position == 1 ? T("Principal diagnosis (FL 67)")
            : T("Diagnosis {0} ({1})", LetterOf(position, setting), PlaceOf(FormFields.Diagnoses, setting)),
        ["line", var number, "removed"] => T("Line {0}", number),
        ["line", var number, var field] when Find(FormFields.OfLine, field) is { Name: not null } known =>
            T("Line {0}, {1} ({2})", number, Within(T(known.Label)), PlaceOf(known, setting)),
        [var head] when Find(FormFields.OfClaim, head) is { Name: not null } known =>
            $"{T(known.Label)} ({PlaceOf(known, setting)})",
        _ => name,
    };

    /// <summary>Box 24G of the CMS-1500, FL 46 of the UB-04.</summary>
    public static string PlaceOf(FormField field, Setting setting) =>
        (setting == Setting.Facility ? "FL " : "") + field.PlaceOn(setting);

    /// <summary>A diagnosis as its form numbers it; the UB-04 has letters from the second on.</summary>
    public static string LetterOf(int position, Setting setting) =>
        setting != Setting.Facility ? ((char)('A' + position - 1)).ToString()
            : position == 1 ? "67" : $"67{(char)('A' + position - 2)}";

    static FormField Find(FormField[] fields, string name) => Array.Find(fields, f => f.Name == name);

    static string Within(string label) => label.StartsWith("NDC", StringComparison.Ordinal) ? label
        : char.ToLowerInvariant(label[0]) + label[1..];

    /// <summary>A text that may be empty.</summary>
    public static string Shown(string text) => text.Length > 0 ? text : T("(empty)");
}
