using System.Text;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>
/// The house's notation for a claim, as tests, pages, command line and bug reports write it: header words, then a line
/// for each service (the grammar is in docs/claim-notation.md). What is printed reads back to the same claim, as far as
/// the notation reaches: names, addresses and other segments have no words in it.
/// </summary>
internal static partial class ClaimNotation
{
    const int MostLines = 9_999;

    static readonly string[] HeaderWords =
        ["payer", "dos", "pos", "dx", "setting", "born", "sex", "id", "frequency", "auth", "clia", "payerid", "member",
            "made", "npi", "rendering", "supervising", "attending", "total", "admission", "origin",
            "status"];

    /// <summary>Header values that are a text of the claim.</summary>
    static readonly (string Word, ClaimText Text)[] ClaimTexts =
    [("id", ClaimText.Id), ("auth", ClaimText.PriorAuthorization), ("clia", ClaimText.Clia),
        ("payerid", ClaimText.PayerId), ("admission", ClaimText.AdmissionType), ("origin", ClaimText.AdmissionSource),
        ("status", ClaimText.DischargeStatus)];

    /// <summary>Header values that are a number of a party.</summary>
    static readonly (string Word, Party Party, PartyField Field)[] PartyTexts =
    [
        ("member", Party.Subscriber, PartyField.MemberId), ("npi", Party.Billing, PartyField.Npi),
        ("rendering", Party.Rendering, PartyField.Npi), ("supervising", Party.Supervising, PartyField.Npi),
        ("attending", Party.Attending, PartyField.Npi),
    ];

    /// <summary>What the header says that the lines need: the day, and whether it was given.</summary>
    ref struct Header
    {
        public DateOnly Date;
        public bool DateGiven;
        public bool TotalGiven;
        public ulong Seen;
    }

    /// <summary>
    /// Reads the notation on top of what the claim holds: header words change what they name, lines replace the lines.
    /// A line without a date takes <c>dos</c>, or the claim's day; without <c>dx</c> it points to A, when there is a
    /// diagnosis; its units are 1.
    /// </summary>
    /// <exception cref="InputException">It does not read: line:column is in At and in the message. No other exception
    /// comes out.</exception>
    public static void Read(ReadOnlySpan<char> text, Claim claim)
    {
        var scan = new NotationScanner(text);
        var header = new Header { Date = claim.ServiceDate };
        while (scan.Next() && !scan.StartsLine) ReadHeaderWord(ref scan, claim, ref header);
        var lines = 0;
        for (; !scan.AtEnd; lines++)
        {
            if (!scan.StartsLine)
                throw scan.Wrong("a service line begins with its number",
                    "write header words before the first service line");
            if (lines == MostLines) throw scan.Wrong("the claim has too many lines", "split it");
            if (lines == 0) claim.RemoveLines(0);
            ReadLine(ref scan, claim, header.Date);
        }
        if (claim.IsNumberedTwice()) throw scan.Wrong("two lines have one number", "number them 1, 2, 3");
        if (lines == 0 && header.DateGiven)
            foreach (ref var line in claim.EditLines()) line.Date = header.Date;
        if (lines > 0 && !header.TotalGiven) claim.Charge = Sum(claim);
    }

    /// <summary>Whether a text begins as the notation does: with a comment, a header word, or a service line after its
    /// number.</summary>
    public static bool Begins(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOfAny(" \t\r\n"u8);
        var first = Encoding.UTF8.GetString(end < 0 ? utf8[..Math.Min(utf8.Length, 16)] : utf8[..end]);
        return first.StartsWith('#') || Array.IndexOf(HeaderWords, first) >= 0
            || (first.Length is > 0 and < 5 && first.All(char.IsAsciiDigit));
    }

    static void ReadHeaderWord(ref NotationScanner scan, Claim claim, ref Header header)
    {
        var index = scan.IndexIn(HeaderWords);
        if (index < 0)
            throw scan.Wrong("this is no header word",
                $"one of: {string.Join(", ", HeaderWords)}; or a service line, which begins with its number");
        if ((header.Seen & (1UL << index)) != 0)
            throw scan.Wrong($"{HeaderWords[index]} is given twice", "keep one of the two");
        header.Seen |= 1UL << index;
        var word = HeaderWords[index];
        scan.NextValue(word);
        switch (word)
        {
            case "dos": (header.Date, header.DateGiven) = (scan.Date(), true); break;
            case "dx": ReadDiagnoses(ref scan, claim); break;
            case "pos": claim.PlaceOfService = scan.Code(); break;
            case "payer": claim.PayerKind = scan.Word(Words.PayerKinds); break;
            case "setting": claim.Setting = scan.Word(Words.Settings); break;
            case "made": claim.Made = scan.Date(); break;
            case "born": SetBirthDate(claim, scan.Date()); break;
            case "sex": SetSex(claim, scan.Word(Words.Sexes)); break;
            case "frequency": claim.Frequency = scan.Frequency(); break;
            case "total": (claim.Charge, header.TotalGiven) = (scan.Money(), true); break;
            default: SetText(claim, word, scan.Text()); break;
        }
    }

    static void ReadDiagnoses(ref NotationScanner scan, Claim claim)
    {
        claim.ClearDiagnoses();
        if (scan.IsDash) return;
        do
        {
            if (!claim.AddDiagnosis(scan.CodeOrBlank()))
                throw scan.Wrong("a claim holds at most 12 diagnoses", "keep the twelve that the lines point to");
        }
        while (scan.NextIfDiagnosis());
    }

    static void SetText(Claim claim, string word, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        foreach (var (name, text) in ClaimTexts)
            if (name == word) claim.Set(text, bytes);
        foreach (var (name, party, field) in PartyTexts)
            if (name == word) claim.Set(party, field, bytes);
    }

    /// <summary>
    /// The text that the claim was read from follows, where there is one: two birth dates on one claim would be a trap.
    /// </summary>
    static void SetBirthDate(Claim claim, DateOnly day)
    {
        claim.BirthDate = day == default ? null : day;
        SetPatient(claim, PartyField.BirthDate, day == default ? "" : Day(day));
    }

    static void SetSex(Claim claim, Sex sex)
    {
        claim.Sex = sex;
        SetPatient(claim, PartyField.Sex, Words.Sexes[sex]);
    }

    static void SetPatient(Claim claim, PartyField field, string value)
    {
        var party = claim[Party.Patient, field].IsEmpty ? Party.Subscriber : Party.Patient;
        if (!claim[party, field].IsEmpty) claim.Set(party, field, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The sum of the line charges; null when no line has one.</summary>
    static Money? Sum(Claim claim)
    {
        Money? sum = null;
        foreach (ref readonly var line in claim.Lines)
            if (line.Charge is { } charge) sum = (sum ?? Money.Zero) + charge;
        return sum;
    }
}
