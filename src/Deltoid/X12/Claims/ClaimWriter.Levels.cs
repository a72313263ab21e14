using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// The levels above a claim: billing provider, subscriber, patient. One that the claim before has too is not written
/// again.
/// </summary>
public sealed partial class ClaimWriter
{
    readonly LevelState open = new();
    int level, billing, subscriber; // numbers of levels: the last one, and those that are open
    long belowAt; // where the open subscriber's HL says whether a patient's level is in it
    bool saysBelow, hasBelow;

    void WriteLevels()
    {
        var patientFrom = FirstOf(Section.Patient);
        var hasPatient = claim.Has(Party.Patient) || patientFrom >= 0;
        var isClosed = hasPatient && !saysBelow && !output.CanPatch(belowAt);
        WriteLevel(Section.Billing, open.Enters(claim, rows.Guide, Section.Billing, Entered(Section.Billing)));
        isClosed |= open.HasPatient && !hasPatient;
        var isNew = open.Enters(claim, rows.Guide, Section.Subscriber, Entered(Section.Subscriber), isClosed);
        if (isNew) EndSubscriber();
        isPatientNext = hasPatient;
        WriteLevel(Section.Subscriber, isNew);
        Enter(Section.Patient);
        if (hasPatient)
            WriteLevel(Section.Patient,
            open.Enters(claim, rows.Guide, Section.Patient, Entered(Section.Patient)));
    }

    bool isPatientNext;

    /// <summary>The kept segments of a level, which are next.</summary>
    Range Entered(Section part)
    {
        Enter(part);
        return next..partEnd;
    }

    void WriteLevel(Section part, bool isNew)
    {
        if (isNew) WritePart(part);
        next = partEnd;
    }

    /// <summary>The first kept segment of a part, or -1.</summary>
    int FirstOf(Section part)
    {
        for (var i = next; i < claim.Segments.Length && places[i].Section <= part; i++)
            if (places[i].Section == part) return i;
        return -1;
    }

    /// <summary>HL: its own number, its parent's, the kind of level, whether a level follows in it.</summary>
    void WriteLevel(int row)
    {
        var saidBelow = candidate >= 0
            && SegmentText.Element(claim[claim.Segments[candidate].Text], 4, claim.Delimiters) is [(byte)'1'];
        Open(row, needed: true);
        DropTemplate(); // numbers of levels are made here
        WriteLevelNumbers(rows.Guide.Segments[row].Section, saidBelow);
        Close();
    }

    void WriteLevelNumbers(Section part, bool saidBelow)
    {
        output.Number(++level);
        switch (part)
        {
            case Section.Billing:
                billing = level;
                output.Skip();
                output.Text("20"u8);
                output.Text("1"u8);
                break;
            case Section.Subscriber:
                subscriber = level;
                output.Number(billing);
                output.Text("22"u8);
                (saysBelow, hasBelow) = (isPatientNext || saidBelow, isPatientNext);
                output.Text(saysBelow ? "1"u8 : "0"u8);
                belowAt = output.Place - 1;
                break;
            default:
                output.Number(subscriber);
                output.Text("23"u8);
                output.Text("0"u8);
                if (!saysBelow && output.CanPatch(belowAt)) output.Patch(belowAt, (byte)'1');
                (saysBelow, hasBelow) = (true, true);
                break;
        }
    }

    /// <summary>The open subscriber ends: where no patient came, its HL says so.</summary>
    void EndSubscriber()
    {
        if (saysBelow && !hasBelow && output.CanPatch(belowAt)) output.Patch(belowAt, (byte)'0');
        (saysBelow, hasBelow) = (false, false);
    }

    /// <summary>
    /// An 837 takes the nine digits; 123-45-6789 is a social security number, any other form an employer's. What was
    /// read from X12 goes out as it came.
    /// </summary>
    void WriteTax(int row)
    {
        var number = claim[Party.Billing, PartyField.TaxId];
        if (!Open(row, !number.IsEmpty)) return;
        var isPersonal = number.Length == 11 && number[3] == (byte)'-' && number[6] == (byte)'-';
        var isHyphened = isPersonal || (number.Length == 10 && number[2] == (byte)'-');
        Span<byte> digits = stackalloc byte[11];
        var count = 0;
        if (isHyphened && !hasTemplate)
            foreach (var sign in number)
                if (sign != (byte)'-') digits[count++] = sign;
        Put(default, isPersonal ? "SY"u8 : "EI"u8);
        Put(count > 0 ? digits[..count] : number);
        Close();
    }

    void WritePhone(int row)
    {
        var phone = claim[Party.Billing, PartyField.Phone];
        if (!Open(row, !phone.IsEmpty)) return;
        Put(default, "IC"u8);
        Put(default, claim[Party.Billing, PartyField.Name]);
        if (Peek().SequenceEqual("TE"u8) || !hasTemplate)
        {
            Put(default, "TE"u8);
            Put(phone);
        }
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

    static ReadOnlySpan<byte> RoleOf(Party party) => party switch
    {
        Party.Billing => "BI"u8,
        Party.Attending => "AT"u8,
        _ => "PE"u8,
    };

    void WriteTaxonomy(int row, Party party)
    {
        var taxonomy = claim[party, PartyField.Taxonomy];
        if (!Open(row, !taxonomy.IsEmpty)) return;
        Put(default, RoleOf(party));
        Put(default, "PXC"u8);
        Put(taxonomy);
        Close();
    }

    /// <summary>NM101 of a party.</summary>
    static ReadOnlySpan<byte> EntityOf(Party party) => party switch
    {
        Party.Billing => "85"u8,
        Party.Rendering => "82"u8,
        Party.Supervising => "DQ"u8,
        Party.Ordering => "DK"u8,
        Party.Referring => "DN"u8,
        Party.ServiceFacility => "77"u8,
        Party.Attending => "71"u8,
        Party.Subscriber => "IL"u8,
        _ => "QC"u8,
    };

    /// <summary>
    /// NM102 without a first name: a billing provider, a facility and a professional's rendering provider may be
    /// organizations.
    /// </summary>
    bool IsPerson(Party party) => party switch
    {
        Party.Billing or Party.ServiceFacility => false,
        Party.Rendering => IsFacility,
        _ => true,
    };

    void WriteName(int row, Party party)
    {
        if (!Open(row, claim.Has(party))) return;
        Put(default, EntityOf(party));
        Put(default, IsPerson(party) || !claim[party, PartyField.First].IsEmpty ? "1"u8 : "2"u8);
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
    }

    void WriteStreet(int row, Party party)
    {
        if (!Open(row, !claim[party, PartyField.Address].IsEmpty)) return;
        Put(claim[party, PartyField.Address]);
        Close();
    }

    void WriteCity(int row, Party party)
    {
        var city = claim[party, PartyField.City];
        var state = claim[party, PartyField.State];
        var zip = claim[party, PartyField.Zip];
        if (!Open(row, !city.IsEmpty || !state.IsEmpty || !zip.IsEmpty)) return;
        Put(city);
        Put(state);
        Put(zip);
        Close();
    }

    /// <summary>The subscriber's SBR.</summary>
    void WriteInsurance(int row)
    {
        Open(row, needed: true);
        Put(claim[ClaimText.Responsibility], "P"u8);
        var relationship = claim[Party.Subscriber, PartyField.Relationship];
        // it is another claim's
        if (isPatientNext && !hasTemplate && relationship.SequenceEqual("18"u8)) relationship = default;
        Put(relationship, isPatientNext ? default : "18"u8);
        Put(claim[Party.Subscriber, PartyField.Group]);
        Put(claim[Party.Subscriber, PartyField.Plan]);
        Pass(4);
        Put(claim[ClaimText.Filing], Filing.CodeOf(claim.PayerKind, IsFacility));
        Close();
    }

    void WritePayer(int row)
    {
        var name = claim[ClaimText.PayerName];
        var id = claim[ClaimText.PayerId];
        if (!Open(row, !name.IsEmpty || !id.IsEmpty)) return;
        Put(default, "PR"u8);
        Put(default, "2"u8);
        Put(name, id);
        Pass(4);
        Put(default, id.IsEmpty ? default : "PI"u8);
        Put(id);
        Close();
    }

    void WriteDemographics(int row, Party party)
    {
        var born = claim[party, PartyField.BirthDate];
        var sex = claim[party, PartyField.Sex];
        var isPatient = (party == Party.Patient || !claim.Has(Party.Patient)) && claim.Has(party);
        var day = BirthDateOf(born) ?? (isPatient && born.IsEmpty ? claim.BirthDate : null);
        if (!Open(row, day is not null || !sex.IsEmpty)) return;
        Put(default, day is null ? default : "D8"u8);
        var kept = NextOfTemplate();
        if (day is { } known) output.Day(known);
        else output.Raw(kept);
        Put(SexOf(sex, isPatient ? claim.Sex : Sex.None));
        Close();
    }

    /// <summary>A day as X12 or as JSON writes it.</summary>
    static DateOnly? BirthDateOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return null;
        if (ElementForms.TryDay(text, out var known)) return known;
        if (text is [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _])
        {
            Span<byte> plain = stackalloc byte[8];
            text[..4].CopyTo(plain);
            text[5..7].CopyTo(plain[4..]);
            text[8..].CopyTo(plain[6..]);
            if (ElementForms.TryDay(plain, out known)) return known;
        }
        return Values.Days.TryReadEither(System.Text.Encoding.Latin1.GetString(text), out var day) ? day : null;
    }

    static ReadOnlySpan<byte> SexOf(ReadOnlySpan<byte> text, Sex decoded)
    {
        var sex = text.IsEmpty ? decoded : text is [(byte)'F'] ? Sex.Female : text is [(byte)'M'] ? Sex.Male
            : Words.Sexes.TryRead(System.Text.Encoding.Latin1.GetString(text), out var read) ? read : decoded;
        return sex switch
        {
            Sex.Female => "F"u8,
            Sex.Male => "M"u8,
            Sex.Other => "U"u8,
            _ => default,
        };
    }

    void WriteRelation(int row)
    {
        Open(row, needed: true);
        Put(claim[Party.Patient, PartyField.Relationship]);
        Close();
    }
}
