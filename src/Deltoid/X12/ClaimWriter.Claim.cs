using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>The claim itself and its lines.</summary>
public sealed partial class ClaimWriter
{
    bool IsFacility => claim.Setting == Setting.Facility;

    void WriteClaim()
    {
        Enter(Section.Claim);
        lineNumber = 0;
        WriteHead();
        if (IsFacility) WriteStay();
        WriteText(ClaimAction.Authorization, "G1"u8, claim[ClaimText.PriorAuthorization]);
        WriteText(ClaimAction.Original, "F8"u8, claim[ClaimText.OriginalReference]);
        WriteText(ClaimAction.Clia, "X4"u8, claim[ClaimText.Clia]);
        WriteText(ClaimAction.Note, "ADD"u8, claim[ClaimText.Narrative]);
        WriteDiagnoses();
        if (IsFacility) WriteParty(Party.Attending, "71"u8, isPerson: true);
        if (IsFacility) WriteTaxonomy(Party.Attending, "AT"u8);
        else WriteParty(Party.Referring, "DN"u8, isPerson: true);
        WriteParty(Party.Rendering, "82"u8, isPerson: IsFacility);
        if (!IsFacility) WriteTaxonomy(Party.Rendering, "PE"u8);
        WriteParty(Party.ServiceFacility, "77"u8, isPerson: false);
        if (IsFacility) WriteParty(Party.Referring, "DN"u8, isPerson: true);
        else WriteParty(Party.Supervising, "DQ"u8, isPerson: true);
        Leave();
        foreach (ref readonly var line in claim.Lines) WriteLine(line);
        Enter(Section.Line); // lines that were kept and have no fields any more
        for (; next < claim.Segments.Length; next++) output.Segment(claim[claim.Segments[next].Text]);
    }

    void WriteText(ClaimAction action, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> text)
    {
        if (!Open(rows[action], !text.IsEmpty)) return;
        Put(default, kind);
        Put(text);
        Close();
    }

    void WriteHead()
    {
        Open(rows[ClaimAction.Claim], needed: true);
        Put(claim[ClaimText.Id]);
        PutNumber(claim.Charge);
        Pass(2);
        WritePlace();
        if (IsFacility) Pass(); else Put(claim[ClaimText.Signature]); // the 837I uses neither CLM06 nor CLM10
        Put(claim[ClaimText.Assignment]);
        Put(claim[ClaimText.Benefits]);
        Put(claim[ClaimText.Release]);
        if (IsFacility) Pass(); else Put(claim[ClaimText.PatientSignature]);
        Close();
        if (!Open(rows[ClaimAction.Paid], claim.PatientPaid is not null)) return;
        Put(default, "F5"u8);
        PutNumber(claim.PatientPaid);
        Close();
    }

    /// <summary>CLM05: the place of service, or the type of bill; the list it is of; the frequency.</summary>
    void WritePlace()
    {
        var kept = NextOfTemplate();
        var mark = output.Delimiters.Component;
        var keptPlace = Component(ref kept, mark);
        var keptList = Component(ref kept, mark);
        var keptFrequency = Component(ref kept, mark);
        Span<byte> code = stackalloc byte[Code.MaxLength];
        ReadOnlySpan<byte> place = IsFacility ? claim[ClaimText.TypeOfBill] : code[..claim.PlaceOfService.Write(code)];
        Span<byte> frequency = [(byte)claim.Frequency];
        var isOdd = claim.Frequency == '1' && (keptFrequency.Length > 1 || (keptFrequency.IsEmpty && !keptPlace.IsEmpty)); // it was none that a claim can have
        output.Text(place.IsEmpty ? keptPlace : place);
        output.Component(!keptList.IsEmpty || !keptPlace.IsEmpty ? keptList : IsFacility ? "A"u8 : "B"u8);
        output.Component(isOdd ? keptFrequency : frequency);
    }

    /// <summary>A facility's statement days and admission.</summary>
    void WriteStay()
    {
        if (Open(rows[ClaimAction.Statement], claim.ServiceDate != default))
        {
            Put(default, "434"u8);
            Put(default, "RD8"u8);
            var kept = NextOfTemplate();
            if (kept.IsEmpty) { var (from, thru) = Days(); output.Days(from, thru); } else output.Raw(kept);
            Close();
        }
        if (!Open(rows[ClaimAction.Admission], !claim[ClaimText.AdmissionType].IsEmpty || !claim[ClaimText.AdmissionSource].IsEmpty || !claim[ClaimText.DischargeStatus].IsEmpty)) return;
        Put(claim[ClaimText.AdmissionType]);
        Put(claim[ClaimText.AdmissionSource]);
        Put(claim[ClaimText.DischargeStatus]);
        Close();
    }

    /// <summary>The first and last day of any line.</summary>
    (DateOnly From, DateOnly Thru) Days()
    {
        var (from, thru) = (claim.ServiceDate, claim.ServiceDate);
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Date != default && line.Date < from) from = line.Date;
            var end = line.Thru == default ? line.Date : line.Thru;
            if (end > thru) thru = end;
        }
        return (from, thru);
    }

    /// <summary>Professional claims have all diagnoses in one HI, institutional ones the principal in one and the others in another.</summary>
    void WriteDiagnoses()
    {
        var all = claim.Diagnoses;
        if (!IsFacility) { WriteDiagnoses(rows[ClaimAction.Diagnoses], all, "ABK"u8); return; }
        WriteDiagnoses(rows[ClaimAction.Diagnoses], all.Length > 0 ? all[..1] : all, "ABK"u8);
        WriteDiagnoses(rows.OtherDiagnoses, all.Length > 1 ? all[1..] : default, "ABF"u8);
    }

    void WriteDiagnoses(int row, ReadOnlySpan<Code> codes, ReadOnlySpan<byte> first)
    {
        if (!Open(row, codes.ContainsAnyExcept(Code.None))) return;
        for (var i = 0; i < codes.Length; i++)
        {
            var kept = NextOfTemplate();
            if (IsOf(kept, codes[i])) { output.Raw(kept); continue; }
            DropTemplate(); // it says other diagnoses
            output.Text(codes[i].IsNone ? default : i == 0 ? first : "ABF"u8);
            output.Component(codes[i]);
        }
        Close();
    }

    /// <summary>Whether a kept element says this code, in whatever code set and with whatever more.</summary>
    bool IsOf(ReadOnlySpan<byte> element, Code code)
    {
        var cut = element.IndexOf(output.Delimiters.Component);
        if (cut < 0) return !element.IsEmpty && code.IsNone;
        var value = element[(cut + 1)..];
        var end = value.IndexOf(output.Delimiters.Component);
        return Code.TryParse(end < 0 ? value : value[..end], out var kept) ? kept == code : code.IsNone;
    }

    void WriteLine(in ServiceLine line)
    {
        lineNumber++;
        Enter(Section.Line);
        Open(rows.LineStart, needed: true);
        DropTemplate();
        output.Number(lineNumber);
        Close();
        if (IsFacility) WriteInstitutional(line); else WriteProfessional(line);
        if (Open(rows[ClaimAction.ServiceDate], line.Date != default)) WriteDays(line);
        var isNew = claim.Segments.IsEmpty; // one that came from X12 without the number goes without it again
        if (Open(rows[ClaimAction.Control], !line.Control.IsEmpty || isNew)) WriteControl(line, isNew);
        if (Open(rows[ClaimAction.LineNote], false)) Close();
        WriteDrug(line);
        Leave();
    }

    /// <summary>The line's own number, by which a remittance is matched: the claim's number and the line's, where it has none.</summary>
    void WriteControl(in ServiceLine line, bool isNew)
    {
        Put(default, "6R"u8);
        if (!line.Control.IsEmpty || !isNew) Put(claim[line.Control]);
        else
        {
            Span<byte> made = stackalloc byte[MostControl];
            var id = claim[ClaimText.Id];
            id = id[..Math.Min(id.Length, MostControl - 4)];
            id.CopyTo(made);
            made[id.Length] = (byte)'-';
            output.Text(made[..(id.Length + 1 + Digits.WriteScaled(line.Number, 0, made[(id.Length + 1)..]))]);
        }
        Close();
    }

    /// <summary>What a payer keeps of REF 6R (005010X222A1, 2400 REF02).</summary>
    const int MostControl = 30;

    void WriteDays(in ServiceLine line)
    {
        Put(default, "472"u8);
        var isSpan = line.Thru != default;
        var form = NextOfTemplate();
        var kept = NextOfTemplate();
        if (line.Date == default) { output.Raw(form); output.Raw(kept); }
        else if (isSpan) { output.Text("RD8"u8); output.Days(line.Date, line.Thru); }
        else { output.Text("D8"u8); output.Day(line.Date); }
        Close();
    }

    void WriteProfessional(in ServiceLine line)
    {
        Open(rows[ClaimAction.Professional], needed: true);
        WriteProcedure(line);
        PutNumber(line.Charge);
        Put(default, "UN"u8);
        PutNumber(line.Units);
        Span<byte> place = stackalloc byte[Code.MaxLength];
        Put(place[..line.PlaceOfService.Write(place)]);
        Pass();
        WritePointers(line);
        Close();
    }

    void WriteInstitutional(in ServiceLine line)
    {
        Open(rows[ClaimAction.Institutional], needed: true);
        Span<byte> revenue = stackalloc byte[Code.MaxLength];
        Put(revenue[..line.RevenueCode.Write(revenue)]);
        WriteProcedure(line);
        PutNumber(line.Charge);
        Put(default, "UN"u8);
        PutNumber(line.Units);
        Close();
    }

    /// <summary>The composite of code set, procedure, modifiers and description.</summary>
    void WriteProcedure(in ServiceLine line)
    {
        var kept = NextOfTemplate();
        if (line.Code.IsNone) { output.Raw(kept); return; }
        var mark = output.Delimiters.Component;
        output.Text(Component(ref kept, mark) is { IsEmpty: false } set ? set : "HC"u8);
        Component(ref kept, mark);
        output.Component(line.Code);
        for (var i = 0; i < Modifiers.Max; i++)
        {
            var other = Component(ref kept, mark);
            if (line.Modifiers.IsEmpty && i == 0 && !other.IsEmpty && other.Length != 2) output.Component(other);
            else output.Component(line.Modifiers[i]);
        }
        Component(ref kept, mark);
        output.Component(HasOwnNote(line) ? default : claim[line.Narrative]);
        if (!kept.IsEmpty) output.Component(kept);
    }

    /// <summary>The line's text came from a note that was kept; it is not said twice.</summary>
    bool HasOwnNote(in ServiceLine line)
    {
        if (line.Narrative.IsEmpty || rows[ClaimAction.LineNote] < 0) return false;
        for (var i = next; i < sectionEnd; i++)
            if (claim.Segments[i].Row == rows[ClaimAction.LineNote] + 1 && KeptRows.Element(claim[claim.Segments[i].Text], 2, claim.Delimiters).SequenceEqual(claim[line.Narrative])) return true;
        return false;
    }

    static ReadOnlySpan<byte> Component(ref ReadOnlySpan<byte> rest, byte mark)
    {
        var cut = rest.IndexOf(mark);
        var component = cut < 0 ? rest : rest[..cut];
        rest = cut < 0 ? default : rest[(cut + 1)..];
        return component;
    }

    void WritePointers(in ServiceLine line)
    {
        var kept = NextOfTemplate();
        if (line.Pointers.Count == 0) { output.Raw(kept); return; }
        Span<byte> text = stackalloc byte[4];
        for (var i = 0; i < line.Pointers.Count; i++)
        {
            var length = Digits.WriteScaled(line.Pointers[i], 0, text);
            if (i == 0) output.Text(text[..length]); else output.Component(text[..length]);
        }
    }

    void WriteDrug(in ServiceLine line)
    {
        Span<byte> digits = stackalloc byte[11];
        var ndc = line.Ndc.IsNone ? claim[line.NdcText] : digits[..line.Ndc.Write(digits)];
        if (!Open(rows[ClaimAction.Drug], !ndc.IsEmpty)) return;
        Pass();
        Put(default, "N4"u8);
        var kept = NextOfTemplate();
        if (ndc.IsEmpty || (Ndc.TryParse(kept, out var same) && same.AsBilled == line.Ndc.AsBilled)) output.Raw(kept); // as it was written
        else output.Text(ndc);
        Close();
        if (!Open(rows[ClaimAction.DrugQuantity], line.NdcUnit != NdcUnit.None || line.NdcQuantity != Quantity.Zero)) return;
        Pass(3);
        PutNumber(line.NdcQuantity);
        kept = NextOfTemplate();
        if (line.NdcUnit == NdcUnit.None) output.Raw(kept); else output.Text(UnitOf(line.NdcUnit));
        Close();
    }

    static ReadOnlySpan<byte> UnitOf(NdcUnit unit) => unit switch { NdcUnit.UN => "UN"u8, NdcUnit.ML => "ML"u8, NdcUnit.GR => "GR"u8, NdcUnit.F2 => "F2"u8, _ => "ME"u8 };
}
