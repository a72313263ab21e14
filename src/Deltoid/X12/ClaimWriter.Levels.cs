using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>The levels above a claim: billing provider, subscriber, patient. One that the claim before has too is not written again.</summary>
public sealed partial class ClaimWriter
{
    /// <summary>A level that is open: its number, where it was read, and the fields it was written from.</summary>
    struct OpenLevel
    {
        public int Number;
        public int Ordinal;
        public byte[]? Fields;
    }

    OpenLevel billing, subscriber, patient;
    int level;
    byte[] key = new byte[512];

    void WriteLevels()
    {
        var isNew = Enters(Section.Billing, ref billing, Party.Billing);
        if (isNew) WriteBilling();
        else next = sectionEnd;
        if (isNew) (subscriber, patient) = (default, default);
        isNew = Enters(Section.Subscriber, ref subscriber, Party.Subscriber);
        var hasPatient = HasPatient();
        if (isNew) WriteSubscriber(hasPatient);
        else next = sectionEnd;
        if (isNew) patient = default;
        isNew = Enters(Section.Patient, ref patient, Party.Patient);
        if (hasPatient && isNew) WritePatient();
        else next = sectionEnd;
    }

    bool HasPatient() => claim.Has(Party.Patient) || Kept(Section.Patient) >= 0;

    /// <summary>The first kept segment of a section, or -1.</summary>
    int Kept(Section section)
    {
        for (var i = next; i < claim.Segments.Length; i++) if (claim.Segments[i].Row > 0 && rows.SectionOf(claim.Segments[i].Row - 1) == section) return i;
        return -1;
    }

    /// <summary>Whether a level begins anew: it was read from another place, its HL was kept, or its fields are others than those of the level that is open.</summary>
    bool Enters(Section section, ref OpenLevel open, Party party)
    {
        Enter(section);
        var levelRow = section switch { Section.Billing => rows.Levels[0], Section.Subscriber => rows.Levels[1], _ => rows.Levels[2] };
        var kept = -1;
        for (var i = next; i < sectionEnd && kept < 0; i++) if (claim.Segments[i].Row == levelRow + 1) kept = i;
        if (kept >= 0)
        {
            var ordinal = claim.Segments[kept].Ordinal;
            var same = ordinal > 0 && open.Number > 0 && open.Ordinal == ordinal;
            (open.Ordinal, open.Fields) = (ordinal, ordinal > 0 ? null : FieldsOf(party).ToArray());
            return !same;
        }
        var fields = FieldsOf(party);
        if (open.Number > 0 && open.Fields is { } known && known.AsSpan().SequenceEqual(fields)) return false;
        (open.Ordinal, open.Fields) = (0, fields.ToArray());
        return true;
    }

    /// <summary>All that is said of a party, and of the payer with the subscriber, as one text.</summary>
    ReadOnlySpan<byte> FieldsOf(Party party)
    {
        var length = 0;
        for (var field = PartyField.Name; field <= PartyField.Relationship; field++) Add(claim[party, field]);
        if (party == Party.Subscriber) foreach (var text in (ReadOnlySpan<ClaimText>)[ClaimText.PayerId, ClaimText.PayerName, ClaimText.Filing, ClaimText.Responsibility]) Add(claim[text]);
        return key.AsSpan(0, length);

        void Add(ReadOnlySpan<byte> text)
        {
            if (length + text.Length + 1 > key.Length) Array.Resize(ref key, (length + text.Length + 1) * 2);
            text.CopyTo(key.AsSpan(length));
            length += text.Length;
            key[length++] = 0;
        }
    }

    /// <summary>HL: its own number, its parent's, the kind of level, whether a level follows below.</summary>
    void WriteLevel(int row, int parent, ReadOnlySpan<byte> kind, bool hasBelow)
    {
        Open(row, needed: true);
        DropTemplate(); // numbers of levels are made here
        output.Number(++level);
        if (parent > 0) output.Number(parent); else output.Skip();
        output.Text(kind);
        output.Text(hasBelow ? "1"u8 : "0"u8);
        Close();
    }

    void WriteBilling()
    {
        WriteLevel(rows.Levels[0], 0, "20"u8, true);
        billing.Number = level;
        WriteTaxonomy(Party.Billing, "BI"u8);
        WriteParty(Party.Billing, "85"u8, isPerson: false);
        WriteTax();
        WritePhone();
        Leave();
    }

    /// <summary>An 837 takes the nine digits; 123-45-6789 is a social security number, any other form an employer's. What was read from X12 goes out as it came.</summary>
    void WriteTax()
    {
        var number = claim[Party.Billing, PartyField.TaxId];
        if (!Open(rows[ClaimAction.Tax, Party.Billing], !number.IsEmpty)) return;
        var isPersonal = number.Length == 11 && number[3] == (byte)'-' && number[6] == (byte)'-';
        var isHyphened = isPersonal || (number.Length == 10 && number[2] == (byte)'-');
        Span<byte> digits = stackalloc byte[11];
        var count = 0;
        if (isHyphened && !hasTemplate) foreach (var sign in number) if (sign != (byte)'-') digits[count++] = sign;
        Put(default, isPersonal ? "SY"u8 : "EI"u8);
        Put(count > 0 ? digits[..count] : number);
        Close();
    }

    void WritePhone()
    {
        var phone = claim[Party.Billing, PartyField.Phone];
        if (!Open(rows[ClaimAction.Phone, Party.Billing], !phone.IsEmpty)) return;
        Put(default, "IC"u8);
        Put(default, claim[Party.Billing, PartyField.Name]);
        if (Peek().SequenceEqual("TE"u8) || !hasTemplate) { Put(default, "TE"u8); Put(phone); }
        Close();
    }

    /// <summary>The template's next element, left where it is.</summary>
    ReadOnlySpan<byte> Peek()
    {
        var at = template;
        var element = NextOfTemplate();
        template = at;
        return element;
    }

    void WriteTaxonomy(Party party, ReadOnlySpan<byte> role)
    {
        var taxonomy = claim[party, PartyField.Taxonomy];
        if (!Open(rows[ClaimAction.Taxonomy, party], !taxonomy.IsEmpty)) return;
        Put(default, role);
        Put(default, "PXC"u8);
        Put(taxonomy);
        Close();
    }

    /// <summary>NM1, N3, N4 of a party.</summary>
    void WriteParty(Party party, ReadOnlySpan<byte> who, bool isPerson)
    {
        if (!Open(rows[ClaimAction.Name, party], claim.Has(party))) return;
        Put(default, who);
        Put(default, isPerson || !claim[party, PartyField.First].IsEmpty ? "1"u8 : "2"u8);
        Put(claim[party, PartyField.Name]);
        Put(claim[party, PartyField.First]);
        Put(claim[party, PartyField.Middle]);
        Pass();
        Put(claim[party, PartyField.Suffix]);
        var isMember = party is Party.Subscriber or Party.Patient;
        var id = claim[party, isMember ? PartyField.MemberId : PartyField.Npi];
        Put(default, id.IsEmpty ? default : isMember ? "MI"u8 : "XX"u8);
        Put(id);
        Close();
        if (Open(rows[ClaimAction.Street, party], !claim[party, PartyField.Address].IsEmpty))
        {
            Put(claim[party, PartyField.Address]);
            Close();
        }
        if (!Open(rows[ClaimAction.City, party], !claim[party, PartyField.City].IsEmpty || !claim[party, PartyField.State].IsEmpty || !claim[party, PartyField.Zip].IsEmpty)) return;
        Put(claim[party, PartyField.City]);
        Put(claim[party, PartyField.State]);
        Put(claim[party, PartyField.Zip]);
        Close();
    }

    void WriteSubscriber(bool hasPatient)
    {
        WriteLevel(rows.Levels[1], billing.Number, "22"u8, hasPatient);
        subscriber.Number = level;
        Open(rows[ClaimAction.Subscriber, Party.Subscriber], needed: true);
        Put(claim[ClaimText.Responsibility], "P"u8);
        Put(claim[Party.Subscriber, PartyField.Relationship], hasPatient ? default : "18"u8);
        Put(claim[Party.Subscriber, PartyField.Group]);
        Put(claim[Party.Subscriber, PartyField.Plan]);
        Pass(4);
        Put(claim[ClaimText.Filing], System.Text.Encoding.ASCII.GetBytes(Filing.CodeOf(claim.PayerKind, IsFacility)));
        Close();
        WriteParty(Party.Subscriber, "IL"u8, isPerson: true);
        WriteDemographics(Party.Subscriber);
        WritePayer();
        Leave();
    }

    void WritePayer()
    {
        if (!Open(rows[ClaimAction.Payer], !claim[ClaimText.PayerName].IsEmpty || !claim[ClaimText.PayerId].IsEmpty)) return;
        Put(default, "PR"u8);
        Put(default, "2"u8);
        Put(claim[ClaimText.PayerName], claim[ClaimText.PayerId]);
        Pass(4);
        Put(default, claim[ClaimText.PayerId].IsEmpty ? default : "PI"u8);
        Put(claim[ClaimText.PayerId]);
        Close();
    }

    void WriteDemographics(Party party)
    {
        var born = claim[party, PartyField.BirthDate];
        var sex = claim[party, PartyField.Sex];
        var isPatient = party == Party.Patient || !claim.Has(Party.Patient);
        var day = BirthDateOf(born) ?? (isPatient && born.IsEmpty && claim.Has(party) ? claim.BirthDate : null);
        if (!Open(rows[ClaimAction.Demographics, party], day is not null || !sex.IsEmpty)) return;
        Put(default, day is null ? default : "D8"u8);
        var kept = NextOfTemplate();
        if (day is { } known) output.Day(known); else output.Raw(kept);
        Put(SexOf(sex, isPatient && claim.Has(party) ? claim.Sex : Sex.None));
        Close();
    }

    static DateOnly? BirthDateOf(ReadOnlySpan<byte> text) => JsonInput.TryDay(System.Text.Encoding.Latin1.GetString(text), out var day) ? day : null;

    static ReadOnlySpan<byte> SexOf(ReadOnlySpan<byte> text, Sex decoded)
    {
        var sex = Words.Sexes.TryRead(System.Text.Encoding.Latin1.GetString(text), out var read) ? read : decoded;
        return sex switch { Sex.Female => "F"u8, Sex.Male => "M"u8, Sex.Other => "U"u8, _ => default };
    }

    void WritePatient()
    {
        WriteLevel(rows.Levels[2], subscriber.Number, "23"u8, false);
        patient.Number = level;
        Open(rows[ClaimAction.PatientRelation, Party.Patient], needed: true);
        Put(claim[Party.Patient, PartyField.Relationship]);
        Close();
        WriteParty(Party.Patient, "QC"u8, isPerson: true);
        WriteDemographics(Party.Patient);
        Leave();
    }
}
