using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>
/// The fields of the UB-04 that a professional claim does not have. What the claim has no field for is in segments of
/// the 837I that it keeps: days of the stay (DTP 435, 096), condition, occurrence and value codes (HI).
/// </summary>
static class FacilityForm
{
    /// <summary>Codes of one HI segment, at most (005010X223A2, 2300 HI).</summary>
    const int MostOfSegment = 12;

    static readonly string[] Statement = ["434"], Admission = ["435"], Discharge = ["096"], Conditions = ["BG"],
        Occurrences = ["BH"], Spans = ["BI"], Values = ["BE"], Admitting = ["ABJ", "BJ"], Reasons = ["APR", "PR"];

    public static string Text(Claim claim, string name) => name switch
    {
        "bill" => claim.Text(ClaimText.TypeOfBill),
        "statementFrom" => Shown(StatementOf(claim).From),
        "statementThru" => Shown(StatementOf(claim).Thru),
        "admissionDate" => Moment(claim) is { Length: >= 8 } day ? Shown(day[..8]) : "",
        "admissionHour" => Moment(claim) is { Length: > 8 } hour ? hour[8..] : "",
        "admissionType" => claim.Text(ClaimText.AdmissionType),
        "admissionSource" => claim.Text(ClaimText.AdmissionSource),
        "dischargeHour" => KeptSegments.Of(claim, "DTP", Discharge) is [[_, _, var at, ..], ..] ? at : "",
        "patientStatus" => claim.Text(ClaimText.DischargeStatus),
        "conditions" => string.Join(' ', Codes(claim, Conditions).Select(static c => c[1])),
        "occurrences" => string.Join(", ", Codes(claim, Occurrences).Select(static c => $"{c[1]} {Shown(Part(c, 3))}")),
        "spans" => string.Join(", ", Codes(claim, Spans).Select(static c => $"{c[1]} {Days(Part(c, 3))}")),
        "values" => string.Join(", ", Codes(claim, Values).Select(static c => $"{c[1]} {Part(c, 4)}")),
        "admittingDiagnosis" => string.Join(' ', Codes(claim, Admitting).Select(static c => Diagnosis(c[1]))),
        "visitReasons" => string.Join(' ', Codes(claim, Reasons).Select(static c => Diagnosis(c[1]))),
        "attendingNpi" => claim.Text(Party.Attending, PartyField.Npi),
        "attendingLast" => claim.Text(Party.Attending, PartyField.Name),
        "attendingFirst" => claim.Text(Party.Attending, PartyField.First),
        _ => "",
    };

    /// <exception cref="InputException">A text does not read; At is the field's name.</exception>
    public static void Write(Claim claim, string name, string text)
    {
        switch (name)
        {
            case "bill": WriteBill(claim, text); break;
            case "statementFrom": WriteStatement(claim, DayOf(name, text, claim), StatementOf(claim).Thru); break;
            case "statementThru": WriteStatement(claim, StatementOf(claim).From, DayOf(name, text, claim)); break;
            case "admissionDate": WriteAdmission(claim, text, Text(claim, "admissionHour"), name); break;
            case "admissionHour": WriteAdmission(claim, Text(claim, "admissionDate"), text, name); break;
            case "admissionType": Set(claim, ClaimText.AdmissionType, name, text, 1); break;
            case "admissionSource": Set(claim, ClaimText.AdmissionSource, name, text, 1); break;
            case "patientStatus": Set(claim, ClaimText.DischargeStatus, name, text, 2); break;
            case "dischargeHour":
                KeptSegments.Set(claim, "DTP", Discharge, text.Length == 0 ? [] : ["DTP*096*TM*" + HourOf(name, text)]);
                break;
            case "attendingNpi": WriteAttending(claim, name, text); break;
            case "attendingLast": claim.Set(Party.Attending, PartyField.Name, Encoding.UTF8.GetBytes(text)); break;
            case "attendingFirst": claim.Set(Party.Attending, PartyField.First, Encoding.UTF8.GetBytes(text)); break;
            default: WriteCodes(claim, name, text); break;
        }
    }

    static void WriteCodes(Claim claim, string name, string text)
    {
        switch (name)
        {
            case "conditions": Write(claim, Conditions, Words(text).Select(w => "BG:" + TwoOf(name, w))); break;
            case "occurrences":
                Write(claim, Occurrences, Pairs(name, text, static (code, at, claim) =>
                    $"BH:{code}:D8:{Packed(DayOf("occurrences", at, claim))}", claim));
                break;
            case "spans":
                Write(claim, Spans, Pairs(name, text, static (code, at, claim) =>
                    $"BI:{code}:RD8:{PackedSpan("spans", at, claim)}", claim));
                break;
            case "values":
                Write(claim, Values, Pairs(name, text, static (code, amount, _) =>
                    $"BE:{code}:::{AmountOf("values", amount)}", claim));
                break;
            case "admittingDiagnosis":
                Write(claim, Admitting, Words(text).Select(w => "ABJ:" + CodeOf(name, w)));
                break;
            case "visitReasons": Write(claim, Reasons, Words(text).Select(w => "APR:" + CodeOf(name, w))); break;
            default: break;
        }
    }

    /// <summary>The composites of HI with a code: [BG, D0], [BH, 11, D8, 20260301].</summary>
    static IEnumerable<string[]> Codes(Claim claim, string[] codes) => KeptSegments.Of(claim, "HI", codes)
        .SelectMany(static elements => elements).Select(static e => e.Split(':')).Where(static c => c.Length > 1);

    static void Write(Claim claim, string[] codes, IEnumerable<string> composites) =>
        KeptSegments.Set(claim, "HI", codes, [.. composites.Chunk(codes == Reasons ? 3 : MostOfSegment)
            .Select(static chunk => "HI*" + string.Join('*', chunk))]);

    static string Part(string[] composite, int at) => at < composite.Length ? composite[at] : "";

    static string[] Words(string text) =>
        text.ToUpperInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    static List<string> Pairs(string name, string text, Func<string, string, Claim, string> write, Claim claim)
    {
        var written = new List<string>();
        foreach (var pair in text.ToUpperInvariant().Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            written.Add(pair.Split(' ', 2, StringSplitOptions.TrimEntries) is [var code, { Length: > 0 } what]
                ? write(TwoOf(name, code), what, claim)
                : throw new InputException(name, "a code needs what goes with it", name == "values"
                    ? "write code and amount, such as 80 5.00, A1 12.50"
                    : "write code and day, such as 11 03/02/2026"));
        return written;
    }

    static string TwoOf(string name, string code) => code.Length == 2 && code.All(char.IsAsciiLetterOrDigit) ? code
        : throw new InputException(name, "this is not a code of the UB-04", "write two characters, such as D0");

    static string CodeOf(string name, string text) => Code.TryParse(text, out var code) ? code.ToString()
        : throw new InputException(name, "this is not a diagnosis code", "write an ICD-10-CM code, such as D51.0");

    static string Diagnosis(string code) => Code.TryParse(code, out var known) ? known.ToDiagnosis() : code;

    static string AmountOf(string name, string text) =>
        decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum)
            ? sum.ToString("0.##", CultureInfo.InvariantCulture)
            : throw new InputException(name, "this is not an amount", "write dollars and cents, such as 38.00");

    static string HourOf(string name, string text) =>
        text.Length is 2 or 4 && text.All(char.IsAsciiDigit)
            && TimeOnly.TryParseExact(text.PadRight(4, '0'), "HHmm", out _) ? text.PadRight(4, '0')
            : throw new InputException(name, "this is not an hour", "write it as 08 or 0830");

    static void Set(Claim claim, ClaimText field, string name, string text, int length) =>
        claim.Set(field, text.Length == 0 || (text.Length == length && text.All(char.IsAsciiLetterOrDigit))
            ? Encoding.ASCII.GetBytes(text.ToUpperInvariant())
            : throw new InputException(name, "this is not a code of the UB-04",
                length == 1 ? "write one character" : "write two characters, such as 01"));

    /// <summary>13, or as on paper: 0131 and 131 say the frequency too.</summary>
    static void WriteBill(Claim claim, string text)
    {
        var bill = text.Length == 4 && text[0] == '0' ? text[1..] : text;
        if (!bill.All(char.IsAsciiLetterOrDigit) || bill.Length is not (0 or 2 or 3))
            throw new InputException("bill", "this is not a type of bill", "write 13, or with the frequency 0131");
        if (bill.Length == 3) claim.Frequency = bill[2];
        claim.Set(ClaimText.TypeOfBill, Encoding.ASCII.GetBytes(bill.Length == 3 ? bill[..2] : bill));
    }

    static void WriteAttending(Claim claim, string name, string text)
    {
        if (text.Length > 0 && !Npi.TryParse(text, out _))
            throw new InputException(name, "this is not an NPI", "ten digits; the last one checks the others");
        claim.Set(Party.Attending, PartyField.Npi, Encoding.ASCII.GetBytes(text));
    }

    /// <summary>The days of the statement; where the claim keeps none, those of its lines.</summary>
    static (DateOnly From, DateOnly Thru) StatementOf(Claim claim)
    {
        if (KeptSegments.Of(claim, "DTP", Statement) is [[_, _, var days, ..], ..] && days.Split('-') is var both
            && DayIn(both[0]) is { } first && DayIn(both[^1]) is { } last) return (first, last);
        var (from, thru) = (claim.ServiceDate, claim.ServiceDate);
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Date != default && line.Date < from) from = line.Date;
            var end = line.Thru == default ? line.Date : line.Thru;
            if (end > thru) thru = end;
        }
        return (from, thru);
    }

    static void WriteStatement(Claim claim, DateOnly from, DateOnly thru)
    {
        if (from == default || thru == default)
            throw new InputException("statementFrom", "a statement has a first and a last day",
                "write both, such as 03/02/2026");
        KeptSegments.Set(claim, "DTP", Statement, [$"DTP*434*RD8*{Packed(from)}-{Packed(thru)}"]);
        claim.VisitDate = from;
    }

    /// <summary>What must hold of the fields together, after all that a person changed is written.</summary>
    public static void Check(Claim claim, IEnumerable<string> changed)
    {
        if (changed.Any(static name => name is "statementFrom" or "statementThru")
            && StatementOf(claim) is var (from, thru) && from > thru)
            throw new InputException("statementThru", "the statement ends before it begins", "look at both days");
    }

    static string Moment(Claim claim) =>
        KeptSegments.Of(claim, "DTP", Admission) is [[_, _, var at, ..], ..] ? at : "";

    static void WriteAdmission(Claim claim, string day, string hour, string name)
    {
        var at = DayOf("admissionDate", day, claim);
        if (at == default && name == "admissionHour" && hour.Length > 0)
            throw new InputException(name, "the hour needs its day", "write the admission date first");
        KeptSegments.Set(claim, "DTP", Admission, at == default ? []
            : hour.Length == 0 ? [$"DTP*435*D8*{Packed(at)}"] : [$"DTP*435*DT*{Packed(at)}{HourOf(name, hour)}"]);
    }

    static DateOnly DayOf(string name, string text, Claim claim) => ClaimForm.DayOf(name, text, claim.ServiceDate);

    static DateOnly? DayIn(string packed) => DateOnly.TryParseExact(packed, "yyyyMMdd", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;

    static string Packed(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    static string PackedSpan(string name, string text, Claim claim) => text.Split('-', StringSplitOptions.TrimEntries)
        is [var from, var thru] ? $"{Packed(DayOf(name, from, claim))}-{Packed(DayOf(name, thru, claim))}"
        : throw new InputException(name, "a span has two days", "write 74 03/02/2026-03/05/2026");

    static string Days(string packed) => string.Join('-', packed.Split('-').Select(Shown));

    static string Shown(string packed) => DayIn(packed) is { } day ? Shown(day) : packed;

    static string Shown(DateOnly day) => ClaimForm.Shown(day);
}
