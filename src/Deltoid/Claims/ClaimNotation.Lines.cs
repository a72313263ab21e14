using System.Text;
using Deltoid.Values;

namespace Deltoid.Claims;

/// <summary>Service lines of the notation.</summary>
internal static partial class ClaimNotation
{
    static readonly string[] LineWords = ["dx", "charge", "ndc", "pos", "date", "thru", "rev", "note", "control", "x"];

    /// <summary>
    /// Reads the line whose number the scanner is at, and leaves it on the first word of the next line.
    /// </summary>
    static void ReadLine(ref NotationScanner scan, Claim claim, DateOnly date)
    {
        var number = scan.LineNumber();
        ref var line = ref claim.AddLine();
        line.Number = number;
        line.Date = date;
        line.Units = Quantity.One;
        if (claim.DiagnosisCount > 0) line.Pointers = line.Pointers.With(1);
        scan.NextValue("a service line");
        (line.Code, line.Modifiers) = scan.CodeAndModifiers();
        uint seen = 0;
        while (scan.Next() && !scan.IsFirst)
        {
            var index = scan.IsUnits ? LineWords.Length - 1 : scan.IndexIn(LineWords.AsSpan(..^1));
            if (index < 0)
                throw scan.Wrong("this is no word of a service line",
                    $"one of: {string.Join(", ", LineWords.AsSpan(..^1)!)}, or units as x1");
            if ((seen & (1u << index)) != 0)
                throw scan.Wrong("a word of a service line is given twice", "keep one of the two");
            seen |= 1u << index;
            ReadLineWord(ref scan, claim, ref line, LineWords[index]);
        }
    }

    static void ReadLineWord(ref NotationScanner scan, Claim claim, ref ServiceLine line, string word)
    {
        if (word == "x")
        {
            line.Units = scan.Units();
            return;
        }
        scan.NextValue(word);
        switch (word)
        {
            case "dx": line.Pointers = scan.Pointers(); break;
            case "charge": line.Charge = scan.Money(); break;
            case "ndc": ReadNdc(ref scan, claim, ref line); break;
            case "pos": line.PlaceOfService = scan.Code(); break;
            case "date": line.Date = scan.Date(); break;
            case "thru": line.Thru = scan.Date(); break;
            case "rev": line.RevenueCode = scan.Code(); break;
            case "note": line.Narrative = claim.Append(Encoding.UTF8.GetBytes(scan.Text())); break;
            case "control": line.Control = claim.Append(Encoding.UTF8.GetBytes(scan.Text())); break;
        }
    }

    /// <summary>
    /// An NDC in any form, even one that does not read, then its unit and its quantity where they are given.
    /// </summary>
    static void ReadNdc(ref NotationScanner scan, Claim claim, ref ServiceLine line)
    {
        var text = scan.Text();
        if (!Ndc.TryParse(text, out line.Ndc, out _)) line.NdcText = claim.Append(Encoding.UTF8.GetBytes(text));
        if (scan.NextIfNdcUnit(out line.NdcUnit)) scan.NextIfQuantity(out line.NdcQuantity);
    }
}
