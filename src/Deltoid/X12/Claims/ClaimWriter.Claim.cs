using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>The claim itself and its lines.</summary>
public sealed partial class ClaimWriter
{
    bool IsFacility => claim.Setting == Setting.Facility;

    void WriteClaim()
    {
        Enter(Section.Claim);
        WritePart(Section.Claim);
        for (lineNumber = 1; lineNumber <= claim.Lines.Length; lineNumber++)
        {
            Enter(Section.Line);
            WritePart(Section.Line);
        }
        for (; next < claim.Segments.Length && places[next].Section == Section.Line; next++) // lines without fields
            output.Segment(claim[claim.Segments[next].Text]);
    }

    void WriteHead(int row)
    {
        Open(row, needed: true);
        Put(claim[ClaimText.Id]);
        PutNumber(claim.Charge);
        Pass(2);
        WritePlace();
        if (IsFacility) Pass();
        else Put(claim[ClaimText.Signature]); // the 837I uses neither CLM06 nor CLM10
        Put(claim[ClaimText.Assignment]);
        Put(claim[ClaimText.Benefits]);
        Put(claim[ClaimText.Release]);
        if (IsFacility) Pass();
        else Put(claim[ClaimText.PatientSignature]);
        Close();
    }

    void WritePaid(int row)
    {
        if (!Open(row, claim.PatientPaid is not null)) return;
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
        // it was none that a claim can have
        var isOdd = claim.Frequency == '1'
            && (keptFrequency.Length > 1 || (keptFrequency.IsEmpty && !keptPlace.IsEmpty));
        output.Text(place.IsEmpty ? keptPlace : place);
        output.Component(!keptList.IsEmpty || !keptPlace.IsEmpty ? keptList : IsFacility ? "A"u8 : "B"u8);
        output.Component(isOdd ? keptFrequency : frequency);
    }

    /// <summary>A facility's statement days.</summary>
    void WriteStatement(int row)
    {
        if (!Open(row, claim.ServiceDate != default)) return;
        Put(default, "434"u8);
        Put(default, "RD8"u8);
        var kept = NextOfTemplate();
        if (kept.IsEmpty)
        {
            var (from, thru) = Days();
            output.Days(from, thru);
        }
        else output.Raw(kept);
        Close();
    }

    void WriteAdmission(int row)
    {
        var type = claim[ClaimText.AdmissionType];
        var source = claim[ClaimText.AdmissionSource];
        var status = claim[ClaimText.DischargeStatus];
        if (!Open(row, !type.IsEmpty || !source.IsEmpty || !status.IsEmpty)) return;
        Put(type);
        Put(source);
        Put(status);
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

    /// <summary>
    /// Professional claims have all diagnoses in one HI, institutional ones the principal in one and the others in
    /// another.
    /// </summary>
    void WriteDiagnoses(int row)
    {
        var all = claim.Diagnoses;
        if (!IsFacility) WriteDiagnoses(row, all, "ABK"u8);
        else if (row == rows.OtherDiagnoses) WriteDiagnoses(row, all.Length > 1 ? all[1..] : default, "ABF"u8);
        else WriteDiagnoses(row, all.Length > 0 ? all[..1] : all, "ABK"u8);
    }

    void WriteDiagnoses(int row, ReadOnlySpan<Code> codes, ReadOnlySpan<byte> first)
    {
        if (!Open(row, codes.ContainsAnyExcept(Code.None))) return;
        var continues = hasTemplate && IsKeptAgain(row);
        for (var i = 0; i < codes.Length && !(continues && template > templateEnd); i++)
        {
            var kept = NextOfTemplate();
            for (; kept.IsEmpty && template <= templateEnd; kept = NextOfTemplate()) output.Raw(kept);
            if (IsOf(kept, codes[i]))
            {
                output.Raw(kept);
                continue;
            }
            continues = false;
            DropTemplate(); // it says other diagnoses
            output.Text(codes[i].IsNone ? default : i == 0 ? first : "ABF"u8);
            output.Component(codes[i]);
        }
        Close();
    }

    /// <summary>
    /// Whether a later kept segment is of the same row, also after other HI: further diagnoses are in it.
    /// </summary>
    bool IsKeptAgain(int row)
    {
        for (var i = candidate + 1; i < partEnd; i++)
            if (claim.Segments[i].Row == row + 1) return true;
        return false;
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

    /// <summary>LX: numbers of lines are made here.</summary>
    void WriteLineStart(int row)
    {
        Open(row, needed: true);
        DropTemplate();
        output.Number(lineNumber);
        Close();
    }

    /// <summary>
    /// The line's own number, by which a remittance is matched: the claim's number and the line's, where it has none.
    /// </summary>
    void WriteControl(int row, in ServiceLine line)
    {
        var isMade = MakesControl(line);
        if (!Open(row, !line.Control.IsEmpty || isMade)) return;
        Put(default, "6R"u8);
        if (!isMade || hasTemplate) Put(claim[line.Control]);
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

    static bool MakesControl(in ServiceLine line) => line.Control.IsEmpty && !line.IsUnnumbered;

    /// <summary>What a payer keeps of REF 6R (005010X222A1, 2400 REF02).</summary>
    const int MostControl = 30;

    void WriteDays(int row, in ServiceLine line)
    {
        if (!Open(row, line.Date != default)) return;
        Put(default, "472"u8);
        var isSpan = line.Thru != default;
        var form = NextOfTemplate();
        var kept = NextOfTemplate();
        if (line.Date == default)
        {
            output.Raw(form);
            output.Raw(kept);
        }
        else if (isSpan)
        {
            output.Text("RD8"u8);
            output.Days(line.Date, line.Thru);
        }
        else
        {
            output.Text("D8"u8);
            output.Day(line.Date);
        }
        Close();
    }

    void WriteProfessional(int row, in ServiceLine line)
    {
        Open(row, needed: true);
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

    void WriteInstitutional(int row, in ServiceLine line)
    {
        Open(row, needed: true);
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
        if (!hasTemplate)
        {
            WriteNewProcedure(line);
            return;
        }
        var kept = NextOfTemplate();
        if (line.Code.IsNone)
        {
            output.Raw(kept);
            return;
        }
        var mark = output.Delimiters.Component;
        output.Text(Component(ref kept, mark) is { IsEmpty: false } set ? set : "HC"u8);
        Component(ref kept, mark);
        output.Component(line.Code);
        var isSame = ModifiersOf(kept, mark) == line.Modifiers;
        for (var i = 0; i < Modifiers.Max; i++)
        {
            var other = Component(ref kept, mark);
            if (isSame) output.Component(other);
            else output.Component(line.Modifiers[i]);
        }
        Component(ref kept, mark);
        output.Component(HasOwnNote(line) ? default : claim[line.Narrative]);
        if (!kept.IsEmpty) output.Component(kept);
    }

    void WriteNewProcedure(in ServiceLine line)
    {
        if (line.Code.IsNone)
        {
            output.Skip();
            return;
        }
        output.Text("HC"u8);
        output.Component(line.Code);
        for (var i = 0; i < Modifiers.Max; i++) output.Component(line.Modifiers[i]);
        output.Component(HasOwnNote(line) ? default : claim[line.Narrative]);
    }

    /// <summary>The line's text came from a note that was kept; it is not said twice.</summary>
    bool HasOwnNote(in ServiceLine line)
    {
        if (line.Narrative.IsEmpty || rows[ClaimAction.LineNote] < 0) return false;
        for (var i = next; i < partEnd; i++)
            if (claim.Segments[i].Row == rows[ClaimAction.LineNote] + 1
                && SegmentText.Element(claim[claim.Segments[i].Text], 2,
                    claim.Delimiters).SequenceEqual(claim[line.Narrative]))
                return true;
        return false;
    }

    static ReadOnlySpan<byte> Component(ref ReadOnlySpan<byte> rest, byte mark)
    {
        var cut = rest.IndexOf(mark);
        var component = cut < 0 ? rest : rest[..cut];
        rest = cut < 0 ? default : rest[(cut + 1)..];
        return component;
    }

    /// <summary>
    /// The modifiers that a reader takes from what is left of a composite: up to the first that is none.
    /// </summary>
    static Modifiers ModifiersOf(ReadOnlySpan<byte> components, byte mark)
    {
        ulong packed = 0;
        for (var i = 0; i < Modifiers.Max; i++)
        {
            var text = Component(ref components, mark);
            if (text.Length != 2 || !Modifier.TryParse(text, out var modifier)) break;
            packed |= (ulong)modifier.Packed << (16 * (Modifiers.Max - 1 - i));
        }
        return new(packed);
    }

    /// <summary>The pointers that a reader takes from an element: up to the first that is none.</summary>
    static Pointers PointersOf(ReadOnlySpan<byte> element, byte mark)
    {
        uint packed = 0;
        for (var i = 0; i < Pointers.Max; i++)
        {
            var text = Component(ref element, mark);
            if (text.Length is 0 or > 2 || !Digits.TryScaled(text, 0, out var pointer) || !ElementForms.AllDigits(text))
                break;
            packed |= (uint)pointer << (24 - (8 * i));
        }
        return new(packed);
    }

    void WritePointers(in ServiceLine line)
    {
        var kept = NextOfTemplate();
        if (line.Pointers.Count == 0 || (hasTemplate && PointersOf(kept, output.Delimiters.Component) == line.Pointers))
        {
            output.Raw(kept);
            return;
        }
        Span<byte> text = stackalloc byte[4];
        for (var i = 0; i < line.Pointers.Count; i++)
        {
            var length = Digits.WriteScaled(line.Pointers[i], 0, text);
            if (i == 0) output.Text(text[..length]);
            else output.Component(text[..length]);
        }
    }

    void WriteDrug(int row, in ServiceLine line)
    {
        Span<byte> digits = stackalloc byte[11];
        var ndc = line.Ndc.IsNone ? claim[line.NdcText] : digits[..line.Ndc.Write(digits)];
        if (!Open(row, !ndc.IsEmpty)) return;
        Pass();
        Put(default, "N4"u8);
        var kept = NextOfTemplate();
        var isSame = Ndc.TryParse(kept, out var same) && same.AsBilled == line.Ndc.AsBilled;
        if (ndc.IsEmpty || isSame) output.Raw(kept); // as it was written
        else output.Text(ndc);
        Close();
    }

    void WriteDrugQuantity(int row, in ServiceLine line)
    {
        if (!Open(row, line.NdcUnit != NdcUnit.None || line.NdcQuantity != Quantity.Zero)) return;
        Pass(3);
        PutNumber(line.NdcQuantity);
        var kept = NextOfTemplate();
        if (line.NdcUnit == NdcUnit.None) output.Raw(kept);
        else output.Text(UnitOf(line.NdcUnit));
        Close();
    }

    static ReadOnlySpan<byte> UnitOf(NdcUnit unit) => unit switch
    {
        NdcUnit.UN => "UN"u8, NdcUnit.ML => "ML"u8, NdcUnit.GR => "GR"u8, NdcUnit.F2 => "F2"u8, _ => "ME"u8
    };
}
