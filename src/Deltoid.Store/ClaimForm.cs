using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>One field that changed, as people read it.</summary>
public sealed record FieldChange(string Name, string Before, string After);

/// <summary>
/// The fields of a claim that a person changes, each by a name (<c>dx.1</c>, <c>line.2.units</c>) with its text as on
/// its form: the CMS-1500, or the UB-04 of a facility. All that a claim holds besides stays as it is.
/// </summary>
public static class ClaimForm
{
    /// <summary>The most lines of a claim: of a professional one (837P), of a facility's (837I).</summary>
    static int MostLines(Setting setting) => setting == Setting.Facility ? 999 : 50;

    public static Dictionary<string, string> Of(Claim claim)
    {
        var fields = FormFields.OfClaim.On(claim.Setting).ToDictionary(static f => f.Name, f => Text(claim, f.Name));
        for (var i = 0; i < claim.DiagnosisCount; i++) fields[DiagnosisAt(i + 1)] = claim.Diagnoses[i].ToDiagnosis();
        var ofLine = FormFields.OfLine.On(claim.Setting);
        foreach (ref readonly var line in claim.Lines)
            foreach (var field in ofLine)
                fields[LineAt(line.Number, field.Name)] = Text(claim, line, field.Name);
        return fields;
    }

    static string Text(Claim claim, string field) => field switch
    {
        "authorization" => claim.Text(ClaimText.PriorAuthorization),
        "frequency" => claim.Frequency.ToString(),
        "reference" => claim.Text(ClaimText.OriginalReference),
        "charge" => claim.Charge?.ToString() ?? "",
        _ => FacilityForm.Text(claim, field),
    };

    public static string DiagnosisAt(int position) => string.Create(CultureInfo.InvariantCulture, $"dx.{position}");

    public static string LineAt(int line, string field) =>
        string.Create(CultureInfo.InvariantCulture, $"line.{line}.{field}");

    /// <summary>The field that says that a line is taken off: <c>line.2.removed</c> is <c>yes</c>.</summary>
    public static string RemovedAt(int line) => LineAt(line, "removed");

    static string Text(Claim claim, in ServiceLine line, string field) => field switch
    {
        "revenue" => line.RevenueCode.IsNone ? "" : line.RevenueCode.ToString(),
        "date" => Shown(line.Date),
        "place" => (line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService).ToString(),
        "code" => line.Code.ToString(),
        "modifiers" => line.Modifiers.ToString().Replace('-', ' '),
        "pointers" => Letters(line.Pointers),
        "charge" => line.Charge?.ToString() ?? "",
        "units" => line.Units.ToString(),
        "ndc" => line.Ndc.IsNone ? Encoding.UTF8.GetString(claim[line.NdcText]) : ClaimJson.AsWritten(line.Ndc),
        "ndcUnit" => line.NdcUnit == NdcUnit.None ? "" : line.NdcUnit.ToString(),
        _ => line.NdcQuantity == Quantity.Zero ? "" : line.NdcQuantity.ToString(),
    };

    internal static string Shown(DateOnly day) =>
        day == default ? "" : day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    static string Letters(Pointers pointers)
    {
        var text = "";
        for (var i = 0; i < pointers.Count; i++) text += (char)('A' + pointers[i] - 1);
        return text;
    }

    /// <summary>What changed between two claims, field by field.</summary>
    public static List<FieldChange> Diff(Claim before, Claim after) => Diff(Of(before), Of(after));

    /// <inheritdoc cref="Diff(Claim, Claim)"/>
    public static List<FieldChange> Diff(IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after) =>
        [.. before.Keys.Union(after.Keys).Select(name => new FieldChange(name, before.GetValueOrDefault(name, ""),
            after.GetValueOrDefault(name, ""))).Where(static c => c.Before != c.After)];

    /// <summary>Writes changed fields into the claim.</summary>
    /// <exception cref="InputException">A text does not read; At is the field's name.</exception>
    public static void Write(Claim claim, IReadOnlyDictionary<string, string> changes)
    {
        foreach (var (name, text) in changes)
            if (!FormFields.IsOn(name, claim.Setting)) continue; // the other form's
            else if (name.Split('.') is ["line", var number, var field]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
                WriteLine(claim, line, field, text.Trim(), name);
            else if (!name.StartsWith("dx.", StringComparison.Ordinal)) WriteHead(claim, name, text.Trim());
        WriteDiagnoses(claim, changes);
        foreach (var name in changes.Keys)
            if (name.Split('.') is ["line", var number, "removed"])
                claim.RemoveLine(int.TryParse(number, CultureInfo.InvariantCulture, out var line) ? line : 0);
        if (claim.Setting == Setting.Facility) FacilityForm.Check(claim, changes.Keys);
        if (!changes.ContainsKey("charge") && changes.Keys.Any(MovesTheTotal)) claim.Charge = Sum(claim);
    }

    /// <summary>A field of a line on which the claim's total charge depends.</summary>
    public static bool MovesTheTotal(string name) =>
        name.EndsWith(".charge", StringComparison.Ordinal) || name.EndsWith(".removed", StringComparison.Ordinal);

    static Money? Sum(Claim claim)
    {
        var sum = Money.Zero;
        foreach (ref readonly var line in claim.Lines) sum += line.Charge ?? Money.Zero;
        return sum;
    }

    static void WriteHead(Claim claim, string name, string text)
    {
        switch (name)
        {
            case "authorization": claim.Set(ClaimText.PriorAuthorization, Encoding.UTF8.GetBytes(text)); break;
            case "reference": claim.Set(ClaimText.OriginalReference, Encoding.UTF8.GetBytes(text)); break;
            case "frequency":
                claim.Frequency = text.Length == 1 && char.IsAsciiLetterOrDigit(text[0])
                    ? char.ToUpperInvariant(text[0])
                    : throw Unread(name, "this is not a claim frequency", "1 original, 7 corrected, 8 void");
                break;
            case "charge": claim.Charge = MoneyOf(name, text); break;
            default: FacilityForm.Write(claim, name, text); break;
        }
    }

    /// <summary>The diagnoses move up over one that was taken out, and the pointers of the lines with them.</summary>
    static void WriteDiagnoses(Claim claim, IReadOnlyDictionary<string, string> changes)
    {
        if (!changes.Keys.Any(static n => n.StartsWith("dx.", StringComparison.Ordinal))) return;
        var codes = new Code[Claim.MaxDiagnoses];
        claim.Diagnoses.CopyTo(codes);
        var moved = new int[Claim.MaxDiagnoses + 1];
        for (var i = 0; i < codes.Length; i++)
        {
            if (!changes.TryGetValue(DiagnosisAt(i + 1), out var text)) continue;
            codes[i] = CodeOf(DiagnosisAt(i + 1), text.Trim(), "this is not a diagnosis code",
                "write an ICD-10-CM code, such as D51.0");
        }
        claim.ClearDiagnoses();
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i].IsNone) continue;
            claim.AddDiagnosis(codes[i]);
            moved[i + 1] = claim.DiagnosisCount;
        }
        foreach (ref var line in claim.EditLines())
        {
            var pointers = default(Pointers);
            for (var i = 0; i < line.Pointers.Count; i++)
                pointers = pointers.With(line.Pointers[i] < moved.Length ? moved[line.Pointers[i]] : line.Pointers[i]);
            line.Pointers = pointers;
        }
    }

    static void WriteLine(Claim claim, int number, string field, string text, string name)
    {
        if (field == "removed" || number < 1 || number > MostLines(claim.Setting)) return;
        var index = claim.IndexOf(number);
        if (index < 0)
        {
            if (text.Length == 0) return; // an empty row of the form
            claim.AddLine() = new ServiceLine { Number = number };
            index = claim.Lines.Length - 1;
        }
        Write(claim, ref claim.EditLines()[index], field, text, name);
    }

    static void Write(Claim claim, ref ServiceLine line, string field, string text, string name)
    {
        switch (field)
        {
            case "revenue":
                line.RevenueCode = text.Length == 0 ? default : text.Length is 3 or 4 && text.All(char.IsAsciiDigit)
                    ? Code.Of(text.PadLeft(4, '0'))
                    : throw Unread(name, "this is not a revenue code", "write four digits, such as 0636");
                break;
            case "date": line.Date = DayOf(name, text, claim.ServiceDate); break;
            case "place":
                var place = CodeOf(name, text, "this is not a place of service", "two digits: 11 is an office");
                line.PlaceOfService = place == claim.PlaceOfService ? default : place;
                break;
            case "code": line.Code = CodeOf(name, text, "this is not a code", "write a CPT or HCPCS code"); break;
            case "modifiers": line.Modifiers = ModifiersOf(name, text); break;
            case "pointers": line.Pointers = PointersOf(name, text); break;
            case "charge": line.Charge = MoneyOf(name, text); break;
            case "units": line.Units = QuantityOf(name, text); break;
            case "ndc": WriteNdc(claim, ref line, text); break;
            case "ndcUnit":
                line.NdcUnit = text.Length == 0 ? default : Enum.TryParse<NdcUnit>(text, true, out var unit)
                    && char.IsAsciiLetter(text[0])
                        ? unit : throw Unread(name, "this is not an NDC unit", "UN, ML, GR, F2 or ME");
                break;
            case "ndcQuantity": line.NdcQuantity = QuantityOf(name, text); break;
            default: break;
        }
    }

    /// <summary>What does not read as an NDC stays as it came: an edit says what is wrong with it.</summary>
    static void WriteNdc(Claim claim, ref ServiceLine line, string text)
    {
        line.NdcText = default;
        if (!Ndc.TryParse(text, out line.Ndc, out _) && text.Length > 0)
            line.NdcText = claim.Append(Encoding.UTF8.GetBytes(text));
    }

    static InputException Unread(string name, string message, string remedy) => new(name, message, remedy);

    static Code CodeOf(string name, string text, string message, string remedy) =>
        text.Length == 0 ? default : Code.TryParse(text, out var code) ? code : throw Unread(name, message, remedy);

    static Money? MoneyOf(string name, string text) =>
        text.Length == 0 ? null : Money.TryParse(text.AsSpan().TrimStart('$'), out var money) && money.Cents >= 0
            ? money : throw Unread(name, "this is not an amount", "write dollars and cents, such as 38.00");

    static Quantity QuantityOf(string name, string text) =>
        text.Length == 0 ? default : Quantity.TryParse(text, out var quantity)
            ? quantity : throw Unread(name, "this is not a number", "write a number, such as 2");

    static Modifiers ModifiersOf(string name, string text)
    {
        var modifiers = new List<Modifier>();
        foreach (var part in text.Split([' ', '-', ',', ':'], StringSplitOptions.RemoveEmptyEntries))
            modifiers.Add(Modifier.TryParse(part, out var modifier) ? modifier
                : throw Unread(name, "this is not a modifier", "two characters each, such as 25 JZ"));
        return modifiers.Count <= Modifiers.Max ? Modifiers.Of([.. modifiers])
            : throw Unread(name, "a line holds at most four modifiers", "keep the four that decide payment");
    }

    static Pointers PointersOf(string name, string text)
    {
        var pointers = default(Pointers);
        foreach (var letter in text.ToUpperInvariant().Where(static c => c is not (' ' or ',')))
            pointers = letter is >= 'A' and <= 'L' ? pointers.With(letter - 'A' + 1)
                : throw Unread(name, "this is not a diagnosis pointer", "letters of box 21, such as A or AB");
        return pointers;
    }

    static readonly string[] Days = ["MM/dd/yyyy", "M/d/yyyy", "MM/dd/yy", "M/d/yy", "yyyy-MM-dd", "MMddyyyy"];

    /// <summary>A day as it is typed: 03/02/2026, or 0302 in the year of the claim.</summary>
    internal static DateOnly DayOf(string name, string text, DateOnly service)
    {
        if (text.Length == 0) return default;
        if (text.Length == 4 && text.All(char.IsAsciiDigit) && service != default)
            text += service.Year.ToString("0000", CultureInfo.InvariantCulture);
        return DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw Unread(name, "this is not a day", "write it as 03/02/2026");
    }
}
