using System.Text;
using Deltoid.Codes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What must hold of a row of the settings as a whole: the one check of forms, of imports and of programs.
/// </summary>
static class RowCheck
{
    /// <summary>Nobody who is alive was born before.</summary>
    static readonly DateOnly FirstBirth = new(1900, 1, 1);

    /// <param name="payers">Where the row names one by its number.</param>
    /// <exception cref="InputException">It cannot be so; <c>At</c> is the field, or empty for the row.</exception>
    public static void Of(object row, CodeBook book, DateOnly today, IReadOnlyCollection<Payer> payers)
    {
        switch (row)
        {
            case Patient patient: Check(patient, today); break;
            case Coverage coverage:
                InOrder(coverage.From, coverage.Thru);
                Member(coverage, payers.FirstOrDefault(p => p.Id == coverage.PayerId) ?? coverage.Payer);
                break;
            case StandingOrder order: InOrder(order.On, order.Thru); break;
            case Fee fee: Check(fee, book, today); break;
            case Treatment treatment: Check(treatment, today); break;
        }
    }

    static void InOrder(DateOnly? first, DateOnly? last)
    {
        if (last < first) throw new InputException("", T("The last day is before the first one."), T("Mend one."));
    }

    static void Check(Patient patient, DateOnly today)
    {
        if (patient.BirthDate > today)
            throw new InputException("BirthDate", T("This birth date has not come yet."),
                T("Write it as it is on the card."));
        if (patient.BirthDate < FirstBirth)
            throw new InputException("BirthDate", T("This birth date is before 1900."),
                T("Write it as it is on the card."));
    }

    /// <summary>A Medicare number has a form of its own; other plans number as they like.</summary>
    static void Member(Coverage coverage, Payer? payer)
    {
        if (payer?.Kind != "medicare") return;
        if (Mbi.FaultOf(Encoding.UTF8.GetBytes(coverage.MemberId)) is var fault and not MbiFault.None)
            throw new InputException("MemberId", fault switch
            {
                MbiFault.Separated => T("A Medicare number is written without hyphens and blanks."),
                MbiFault.OldNumber => T("This is the old Medicare number, of a social security number."),
                MbiFault.Length => T("A Medicare number has 11 characters."),
                MbiFault.Letter => T("A Medicare number has capital letters and digits, and never S, L, O, I, B or Z."),
                _ => T("This is no Medicare number: a letter is where a digit should be, or the other way round."),
            }, T("Copy it from the card: 1EG4TE5MK73."));
    }

    /// <summary>
    /// The book is not the whole of CPT: a code that it does not have may be one, if it has the shape of one.
    /// </summary>
    static void Check(Fee fee, CodeBook book, DateOnly today)
    {
        var code = Code.Of(fee.Code);
        if (!HasShape(fee.Code))
            throw new InputException("Code", T("There is no such code."),
                T("A code is five digits, four digits and a letter, or a letter and four digits."));
        if (book.TryCode(code, today, out _)) return;
        var last = 0;
        foreach (ref readonly var row in book.Codes[book.Id(code)])
            if (row.Dates.ThruDay < today.DayNumber) last = Math.Max(last, row.Dates.ThruDay);
        if (last == 0) return; // it is not in the book, or begins later
        var next = book.Successors(code);
        throw new InputException("Code", T("The code ended on {0}.", AsShown.Day(DateOnly.FromDayNumber(last))),
            next.Count == 0 ? T("Take it off the list.") : T("Now it is {0}.", string.Join(", ", next)));
    }

    static bool HasShape(string code) => code.Length == 5 && code.AsSpan(1, 3).IndexOfAnyExceptInRange('0', '9') < 0
        && (char.IsAsciiDigit(code[0]) ? char.IsAsciiLetterOrDigit(code[4]) : char.IsAsciiDigit(code[4]));

    /// <summary>A treatment that the chart could not read would fail at each shot.</summary>
    static void Check(Treatment treatment, DateOnly today)
    {
        var visit = Documents.Visit(
            $$"""{ "serviceDate": "{{today.Iso()}}", "administrations": [{{treatment.Administration}}] }""");
        if (visit.Administrations[0].Drug.Length == 0)
            throw new InputException("", T("The drug is missing."), T("Choose one of the list."));
    }
}
