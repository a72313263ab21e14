using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;
using Deltoid.X12.Claims;

namespace Deltoid;

/// <summary>
/// Read this file first. A claim is judged by a code book, a payer's profile, the patient's earlier services and, where
/// there is one, the chart; nothing else is read, so the same arguments give the same findings. Three steps: bind every
/// line to its row of the book on its day; wake the edits that the lines call for and ask them; put the findings in
/// order and join those that ask for one remedy. A Scrubber belongs to one worker and reuses its memory: a claim costs
/// no allocation.
/// </summary>
/// <remarks>
/// Not safe for several threads: give each its own. It throws nothing for what is wrong with a claim; that is a
/// finding.
/// </remarks>
public sealed class Scrubber
{
    readonly BoundClaim bound = new();
    readonly EditSet edits;

    /// <summary>With the edits that are shipped.</summary>
    public Scrubber() : this(Shipped.Edits)
    {
    }

    internal Scrubber(EditSet edits) => this.edits = edits;

    /// <summary>
    /// Adds what the claim's edits find to <paramref name="findings"/>, which is put in order as a whole.
    /// </summary>
    /// <param name="claim">Read, never changed; professional or institutional by its setting.</param>
    /// <param name="book">Its rows are chosen by the day of each line.</param>
    /// <param name="payer">The profile of the day: <see cref="ClaimPayers"/> chooses it.</param>
    /// <param name="history">Null when not known; an empty history says that there were no earlier services.</param>
    /// <param name="encounter">The chart the claim was coded from, or null.</param>
    public void Check(Claim claim, CodeBook book, PayerProfile payer, PatientHistory? history, Encounter? encounter,
        FindingList findings)
    {
        Binder.Bind(bound, claim, book, payer, history, encounter);
        edits.Check(bound, findings);
        findings.Sort();
        Joining.Join(findings, claim, ClaimFaults.IsOneField);
    }
}
