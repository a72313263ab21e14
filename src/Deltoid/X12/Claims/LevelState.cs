using Deltoid.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// The levels of a set that are open, by what they say: a claim that says the same of its billing provider, subscriber
/// or patient belongs to the level that is open. Where two levels say the same, the claim keeps the HL of the second.
/// </summary>
sealed class LevelState
{
    struct Level
    {
        public bool IsOpen;
        /// <summary>Where its HL was read, or 0.</summary>
        public int Ordinal;
        public byte[] Fields;
        public int Length;
    }

    readonly Level[] levels =
        [new() { Fields = new byte[512] }, new() { Fields = new byte[512] }, new() { Fields = new byte[512] }];
    byte[] key = new byte[512];
    int length;

    static int IndexOf(Section part) => part - Section.Billing;

    public bool HasPatient => levels[2].IsOpen;

    /// <summary>A set begins or ends.</summary>
    public void Restart() => Close(0);

    void Close(int from)
    {
        for (; from < levels.Length; from++) levels[from].IsOpen = false;
    }

    /// <summary>Whether a level begins with this claim; afterwards it is open for it.</summary>
    /// <param name="kept">What the claim kept of the level.</param>
    /// <param name="always">It begins whatever the claim says.</param>
    public bool Enters(Claim claim, Guide guide, Section part, Range kept, bool always = false)
    {
        ref var level = ref levels[IndexOf(part)];
        var (from, thru) = (kept.Start.Value, kept.End.Value);
        var start = -1;
        for (var i = from; i < thru && start < 0; i++)
            if (IsStart(claim, guide, i)) start = i;
        var ordinal = start < 0 ? 0 : claim.Segments[start].Ordinal;
        length = 0;
        if (ordinal == 0) FillKey(claim, guide, part, from, thru);
        var isSame = ordinal > 0 ? level.Ordinal == ordinal
            : start < 0 && level.Fields.AsSpan(0, level.Length).SequenceEqual(key.AsSpan(0, length));
        if (level.IsOpen && isSame && !always) return false;
        Close(IndexOf(part));
        (level.IsOpen, level.Ordinal) = (true, ordinal);
        (level.Fields, key, level.Length) = (key, level.Fields, length);
        return true;
    }

    /// <summary>As <see cref="Enters"/>, of a level that is known by where its HL was read.</summary>
    public bool EntersAt(Section part, int ordinal)
    {
        ref var level = ref levels[IndexOf(part)];
        if (level.IsOpen && level.Ordinal == ordinal) return false;
        Close(IndexOf(part));
        (level.IsOpen, level.Ordinal, level.Length) = (true, ordinal, 0);
        return true;
    }

    static bool IsStart(Claim claim, Guide guide, int segment) =>
        claim.Segments[segment].Row > 0
            && (ClaimAction)guide.Segments[claim.Segments[segment].Row - 1].Action == ClaimAction.Level;

    /// <summary>All that is said of a party, and of the payer with the subscriber, and what was kept.</summary>
    void FillKey(Claim claim, Guide guide, Section part, int from, int thru)
    {
        var party = part switch
        {
            Section.Billing => Party.Billing,
            Section.Subscriber => Party.Subscriber,
            _ => Party.Patient,
        };
        for (var field = PartyField.Name; field <= PartyField.Relationship; field++) Add(claim[party, field]);
        if (part == Section.Subscriber)
        {
            Add(claim[ClaimText.PayerId]);
            Add(claim[ClaimText.PayerName]);
            Add(claim[ClaimText.Filing]);
            Add(claim[ClaimText.Responsibility]);
        }
        for (var i = from; i < thru; i++)
            if (!IsStart(claim, guide, i)) Add(claim[claim.Segments[i].Text]);
    }

    void Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty && length < key.Length)
        {
            key[length++] = 0;
            return;
        }
        if (length + text.Length + 1 > key.Length) Array.Resize(ref key, (length + text.Length + 1) * 2);
        text.CopyTo(key.AsSpan(length));
        length += text.Length;
        key[length++] = 0;
    }
}
