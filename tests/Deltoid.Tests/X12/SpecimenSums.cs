using System.Globalization;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// What segments of a specimen must say alike: numbers of levels and lines, counts, sums, forms that one value gives
/// another.
/// </summary>
internal sealed partial class SpecimenSums(SpecimenBuilder builder)
{
    readonly Guide guide = builder.Guide;

    SpecimenLoop Root => builder.Root;

    IEnumerable<SpecimenLoop> Loops(string name) => Root.All().Where(l => l.Row.Name == name);

    static IEnumerable<SpecimenLoop> In(SpecimenLoop loop, string name) => loop.All().Where(l => l.Row.Name == name);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Money(long cents) => SpecimenValues.Money(cents);

    static long Cents(string text) => SpecimenValues.Cents(text);

    /// <summary>
    /// Writes the numbers and sums; what is added for them may wake rules, so the rules are asked again.
    /// </summary>
    public bool Settle()
    {
        for (var round = 0; round < 4; round++)
        {
            Write();
            if (!builder.Repair()) return false;
        }
        Write();
        return builder.IsRight && Agrees();
    }

    /// <summary>Writes them without asking the rules.</summary>
    public void Write()
    {
        foreach (var segment in Root.Flat()) Refine(segment);
        Number();
        switch (guide.Name)
        {
            case "837P" or "837I":
                foreach (var claim in Loops("2300")) WriteClaim(claim);
                break;
            case "835": WriteRemittance(); break;
            case "277CA": WriteStatus(); break;
            case "999": WriteAcknowledgment(); break;
            case "270" or "271" or "276" or "277": WriteInquiry(); break;
        }
    }

    /// <summary>Values that have the form which another one names.</summary>
    public void Refine(SpecimenSegment segment)
    {
        if (segment.Row.Name == "N4" && segment[4] == "CA" && segment[2].Length > 0) segment[2] = "ON"; // a province
        SpecimenTargets.ForEach(guide, segment.Row, (element, component, spec) =>
        {
            var value = segment[element, component];
            if (value.Length == 0 || spec.Components > 0) return;
            var before = component > 1 ? segment[element, component - 1]
                : component == 0 && element > 1 ? segment[element - 1, 1]
                : "";
            if (spec.ByFormat && !FitsFormat(value, before))
                segment[element, component] = builder.Values.Period(before);
            if (spec.Outside == Outside.Surgery && value is "0066" or "02703DZ")
                segment[element, component] = SpecimenValues.Surgery(before);
            if (segment.Row.Name is "NM1" or "N1" && (element, segment.Row.Name) is (9, "NM1") or (4, "N1"))
            {
                if (before is "XX"
                    && (value.Length != 10 || value[0] != '1'
                        || !ElementForms.IsOf(Outside.Npi, System.Text.Encoding.ASCII.GetBytes(value))))
                    segment[element] = builder.Values.Npi();
                else if (before is "FI" or "34" && !IsDigits(value, 9)) segment[element] = builder.Values.Digits(9);
            }
            if (segment.Row.Name == "REF" && element == 2 && builder.Values.Codes(spec).Length == 0)
                RefineNumber(segment, before, value);
        });
    }

    void RefineNumber(SpecimenSegment segment, string kind, string value)
    {
        if (kind is "TJ" or "SY" or "EI" && !IsDigits(value, 9)) segment[2] = builder.Values.Digits(9);
        else if (kind == "HPI" && value.Length != 10) segment[2] = builder.Values.Npi();
        else if (kind == "BLT" && value.Length != 3) segment[2] = "131";
    }

    static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);

    static bool FitsFormat(string value, string format) => format switch
    {
        "D8" => value.Length == 8, "RD8" => value.Length == 17, "TM" => value.Length == 4, "DT" => value.Length == 12,
        _ => true
    };

    void Number()
    {
        var (level, line) = (0, 0);
        foreach (var loop in Root.All())
        {
            if (loop.First.Row.Name == "HL")
            {
                loop.First[1] = Text(++level);
                for (var outer = loop.Parent; outer is not null; outer = outer.Parent)
                    if (outer.First.Row.Name == "HL")
                    {
                        loop.First[2] = outer.First[1];
                        break;
                    }
            }
            if (loop.Row.Name == "2300") line = 0;
            if (loop.First.Row.Name == "LX") loop.First[1] = Text(++line);
        }
        var end = Root.Segment("SE");
        if (end is not null) end[2] = Root.First[2];
    }

    static readonly int[] Amounts = [3, 6, 9, 12, 15, 18];

    static long Adjusted(SpecimenLoop loop) =>
        loop.Segments.Where(static s => s.Row.Name == "CAS").Sum(static s => Amounts.Sum(e => Cents(s[e])));
}
