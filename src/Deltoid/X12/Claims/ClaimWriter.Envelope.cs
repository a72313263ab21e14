using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// The envelope and the header of a set. What the claims kept of their own envelope is written again; the rest comes
/// from the terms.
/// </summary>
public sealed partial class ClaimWriter
{
    readonly EnvelopeWriter envelope;
    SourcePlace last;
    Guide? openGuide;
    bool setOpen;
    int claimsInSet;
    byte[] setControl = [];

    /// <summary>
    /// Closes and opens interchange, group and set as the claim asks for; afterwards a set is open for it.
    /// </summary>
    void OpenEnvelope()
    {
        var source = claim.Source;
        var isRead = source.Set > 0 && claim.Segments.Length > 0;
        if (isRead && setOpen && openGuide == rows.Guide && source.Set == last.Set && source.Group == last.Group
            && source.Interchange == last.Interchange)
            return;
        var (isa, gs, st) = (KeptEnvelope("ISA"u8), KeptEnvelope("GS"u8), KeptEnvelope("ST"u8));
        var newInterchange = !envelope.IsInterchangeOpen
            || (isRead ? source.Interchange != last.Interchange : isa >= 0);
        var newGroup = newInterchange || !envelope.IsGroupOpen || openGuide != rows.Guide
            || (isRead ? source.Group != last.Group : gs >= 0);
        var newSet = newGroup || !setOpen
            || (isRead ? source.Set != last.Set : st >= 0 || claimsInSet >= terms.MostClaims);
        last = source;
        if (!newSet) return;
        CloseSet();
        if (newInterchange) envelope.OpenInterchange(KeptText(isa), claim.Delimiters);
        if (newGroup) envelope.OpenGroup(rows.Guide.Set, KeptText(gs), claim.Delimiters);
        openGuide = rows.Guide;
        isNewSet = true;
    }

    ReadOnlySpan<byte> KeptText(int segment) => segment < 0 ? default : claim[claim.Segments[segment].Text];

    bool isNewSet;

    int KeptEnvelope(ReadOnlySpan<byte> name)
    {
        var segments = claim.Segments;
        for (var i = 0; i < Math.Min(3, segments.Length); i++)
        {
            var text = claim[segments[i].Text];
            if (text.StartsWith(name) && text.Length > name.Length && text[name.Length] == claim.Delimiters.Element)
                return i;
        }
        return -1;
    }

    static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>ST, BHT, submitter and receiver, when the claim is the first of its set.</summary>
    void WriteHeader()
    {
        next = Math.Max(0, Math.Max(KeptEnvelope("ISA"u8), KeptEnvelope("GS"u8)) + 1);
        Enter(Section.Header);
        if (!isNewSet)
        {
            next = partEnd;
            return;
        }
        isNewSet = false;
        var kept = KeptEnvelope("ST"u8);
        setControl = kept >= 0 ? SegmentText.Element(claim[claim.Segments[kept].Text], 2, claim.Delimiters).ToArray()
            : EnvelopeSegments.Number(terms.SetControl + envelope.Sets, 4);
        setOpen = true;
        claimsInSet = 0;
        level = 0;
        output.Segments = 0;
        open.Restart();
        envelope.BeginSet();
        if (kept < 0) WriteFreshHeader();
        else Leave();
        next = partEnd;
    }

    void WriteFreshHeader()
    {
        var guide = Ascii(rows.Guide.Set.Versions[0]);
        output.Begin("ST"u8);
        output.Text("837"u8);
        output.Text(setControl);
        output.Text(guide);
        output.End();
        output.Begin("BHT"u8);
        output.Text("0019"u8);
        output.Text("00"u8);
        output.Text(terms.Batch.Length > 0 ? Ascii(terms.Batch) : [.. envelope.InterchangeControl, .. setControl]);
        output.Day(terms.Day);
        output.Text(Ascii(terms.Time.ToString("HHmm", CultureInfo.InvariantCulture)));
        output.Text("CH"u8);
        output.End();
        WriteHeaderName("41"u8, terms.SubmitterName.Length > 0 ? Encoding.UTF8.GetBytes(terms.SubmitterName)
            : claim[Party.Billing, PartyField.Name], terms.Sender);
        WriteContact();
        WriteHeaderName("40"u8, terms.ReceiverName.Length > 0 ? Encoding.UTF8.GetBytes(terms.ReceiverName)
            : claim[ClaimText.PayerName], terms.Receiver);
    }

    void WriteHeaderName(ReadOnlySpan<byte> who, ReadOnlySpan<byte> name, string id)
    {
        output.Begin("NM1"u8);
        output.Text(who);
        output.Text("2"u8);
        output.Text(name);
        output.Skip(4);
        output.Text("46"u8);
        output.Text(Ascii(id));
        output.End();
    }

    void WriteContact()
    {
        output.Begin("PER"u8);
        output.Text("IC"u8);
        output.Text(Encoding.UTF8.GetBytes(terms.ContactName));
        var phone = terms.ContactPhone.Length > 0 ? Ascii(terms.ContactPhone) : claim[Party.Billing, PartyField.Phone];
        output.Text(phone.IsEmpty ? default : "TE"u8);
        output.Text(phone);
        output.End();
    }

    void CloseSet()
    {
        if (!setOpen) return;
        EndSubscriber();
        output.WriteEnd("SE"u8, output.Segments + 1, setControl);
        setOpen = false;
    }

    /// <summary>Forgets what is open without closing it.</summary>
    internal void Restart(in Delimiters delimiters)
    {
        envelope.Restart(delimiters);
        setOpen = false;
        openGuide = null;
        last = default;
        open.Restart();
    }

    /// <summary>Closes what is open.</summary>
    public void Finish()
    {
        CloseSet();
        envelope.Close();
    }
}
