using System.Globalization;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>
/// Writes into the boxes of a form, each by its kind. What does not fit is a finding: a text is cut, but a number, a
/// date or an amount is left out, since a part of it would be another number.
/// </summary>
/// <param name="row">The line of service on this form, from 0.</param>
/// <param name="line">The line of the claim, from 1; 0 for what belongs to the claim.</param>
sealed class Cms1500Pen(Cms1500Form form, FindingList findings, int row = 0, int line = 0)
{
    /// <summary>The same form, at a line of service.</summary>
    public Cms1500Pen OnLine(int service, int number) => new(form, findings, service, number);

    public void Write(string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return;
        var box = Cms1500Layout.Box(name);
        Put(box, Printable(box, value));
    }

    /// <summary>Several pieces in one box, three blanks between them (NUCC manual, item 24).</summary>
    public void WriteApart(string name, params ReadOnlySpan<string?> pieces)
    {
        var box = Cms1500Layout.Box(name);
        var text = "";
        foreach (var piece in pieces)
            if (!string.IsNullOrWhiteSpace(piece)) text += (text.Length > 0 ? "   " : "") + Printable(box, piece);
        Put(box, text);
    }

    /// <summary>
    /// A text that continues in a second box when it is longer than that one: the first of the two is above.
    /// </summary>
    public void WriteOver(string above, string below, string value)
    {
        var (top, bottom) = (Cms1500Layout.Box(above), Cms1500Layout.Box(below));
        var text = Printable(bottom, value);
        if (text.Length > top.Length + bottom.Length)
        {
            Report(Cms1500Findings.Overflow, bottom, text.Length, top.Length + bottom.Length);
            text = text[..(top.Length + bottom.Length)];
        }
        var cut = text.Length <= bottom.Length ? 0 : text.LastIndexOf(' ', top.Length);
        if (cut < 0 || text.Length - cut - 1 > bottom.Length)
            cut = Math.Min(text.Length, top.Length); // within a word, when only so it fits
        if (cut > 0) Put(top, text[..cut]);
        Put(bottom, text[cut..].TrimStart());
    }

    string Printable(Cms1500Box box, string value)
    {
        var text = FormWords.Capitals(value, out var lost);
        if (lost > 0) Report(Cms1500Findings.NotPrintable, box, lost);
        return text;
    }

    void Put(Cms1500Box box, string text)
    {
        if (box.Kind == Cms1500Kind.Number) text = FormWords.LettersAndDigits(text);
        if (text.Length > box.Length)
        {
            LeaveOut(box, text.Length);
            text = box.Kind == Cms1500Kind.Text ? text[..box.Length].TrimEnd() : "";
        }
        Put(box, box.Column, text);
    }

    public void Check(string name, bool marked = true)
    {
        if (marked) Put(Cms1500Layout.Box(name), Cms1500Layout.Box(name).Column, "X");
    }

    /// <summary>Marks the first box for yes, the second for no, neither when it is not known.</summary>
    public void Check(bool? answer, string yes, string no)
    {
        if (answer is { } known) Check(known ? yes : no);
    }

    public void Write(string name, DateOnly? day)
    {
        if (day is not { } known || known == default) return;
        var box = Cms1500Layout.Box(name);
        Put(box, box.Column, known.ToString(box.Length == 8 ? "MM dd yy" : "MM dd yyyy", CultureInfo.InvariantCulture));
    }

    /// <summary>Dollars end where the cents begin; no sign of currency, point or comma.</summary>
    public void Write(string name, Money? amount)
    {
        if (amount is not { } known) return;
        var box = Cms1500Layout.Box(name);
        var text = known.Cents.ToString("000", CultureInfo.InvariantCulture);
        if (known < Money.Zero || text.Length > box.Length)
            LeaveOut(box, Math.Max(text.Length, box.Length + 1)); // the form has no negative amounts
        else
            Put(box, box.Column + box.Length - text.Length, text);
    }

    void LeaveOut(Cms1500Box box, int needed)
    {
        Report(Cms1500Findings.Overflow, box, needed, box.Length);
        form.LeaveOut(box.Name, Row(box));
    }

    int Row(Cms1500Box box) => box.IsOfLine ? row : 0;

    void Put(Cms1500Box box, int column, string text)
    {
        if (text.Length > 0) form.Add(new(box, Row(box), column, text));
    }

    /// <summary>Reports the boxes of the claim, or of this line of service, that must be filled and are not.</summary>
    public void Require()
    {
        foreach (var box in Cms1500Layout.Boxes)
        {
            if (box.IsOfLine != line > 0 || box.Need == Cms1500Need.Optional) continue;
            if (box.Need == Cms1500Need.Required ? form.IsEmpty(box.Name, row) : IsFirstOfUnmarked(box))
                Report(Cms1500Findings.RequiredEmpty, box);
        }
    }

    /// <summary>Whether this is the first box of an item of which none is marked: the item is reported once.</summary>
    bool IsFirstOfUnmarked(Cms1500Box box)
    {
        var first = true;
        foreach (var other in Cms1500Layout.Boxes)
        {
            if (other.Need != Cms1500Need.OneOfItem || other.Item != box.Item) continue;
            if (first && other != box) return false;
            first = false;
            if (form[other.Name].Length > 0) return false;
        }
        return true;
    }

    /// <summary>
    /// Reports an item by its number, the field that decides it and the element of an 837 that says the same.
    /// </summary>
    public void Report(FindingInfo info, string item, Field field, string element = "") =>
        findings.Add(info, Place.OfClaim(field), Arg.Of(Code.Of(item.ToUpperInvariant())), Arg.Of(field),
            element.Length == 0 ? default : Arg.Of(Code.Of(element)));

    public void Report(FindingInfo info, string box, int count) => Report(info, Cms1500Layout.Box(box), count);

    void Report(FindingInfo info, Cms1500Box box, int needed = -1, int holds = -1) =>
        findings.Add(info, line > 0 ? Place.OfLine(line, box.Field) : Place.OfClaim(box.Field),
            box.Need == Cms1500Need.OneOfItem ? Arg.Of(Code.Of(box.Item)) : box.AsArg,
            needed < 0 ? default : Arg.Count(needed), holds < 0 ? default : Arg.Count(holds));
}
