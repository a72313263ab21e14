using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.Documentation;

/// <summary>
/// How well the chart documents what was given. Two things: the points, and the knock-outs, elements whose absence
/// fails an audit whatever the points are. Each administration is marked against the elements that apply to it; the
/// visit has its lowest mark. What nobody asks of this payer and visit is a minor element; what an encounter has no
/// field for (a signature, an image) is not marked.
/// </summary>
/// <param name="Score">Points earned of those that apply, 0 to 100; knock-outs count as major elements.</param>
/// <param name="Missing">Elements not charted, D-01 to D-37, in order.</param>
/// <param name="KnockOuts">The knock-outs among them, in order, each with the first administration (from 0) that is
/// without it.</param>
internal sealed record Checklist(int Score, IReadOnlyList<int> Missing,
    IReadOnlyList<(int Element, int Administration)> KnockOuts)
{
    enum Weight : byte { KnockOut, Major, Minor }

    const int MajorPoints = 10, MinorPoints = 4, Elements = 37;

    /// <summary>
    /// Fail with any knock-out; else from 95 pass, from 80 education, from 60 correctable, below fail.
    /// </summary>
    public string Band =>
        KnockOuts.Count > 0
            ? "fail"
            : Score switch { >= 95 => "pass", >= 80 => "education", >= 60 => "correctable", _ => "fail" };

    /// <summary>Null when nothing was given, so that there is nothing to mark.</summary>
    public static Checklist? Of(Encounter encounter, PayerProfile payer, CodeBook book)
    {
        var gaps = new Gaps();
        int? lowest = null;
        for (var i = 0; i < encounter.Administrations.Count; i++)
        {
            if (encounter.Administrations[i].Given == false) continue;
            lowest = Math.Min(lowest ?? 100, new Mark(encounter, payer, book, i, gaps).Score());
        }
        if (lowest is not { } score) return null;
        var numbers = new List<int>();
        for (var element = 1; element <= Elements; element++)
            if (gaps.Missing[element]) numbers.Add(element);
        gaps.KnockOuts.Sort();
        return new(score, numbers, gaps.KnockOuts);
    }

    /// <summary>What was found missing so far.</summary>
    sealed class Gaps
    {
        public bool[] Missing { get; } = new bool[Elements + 1];

        public List<(int Element, int Administration)> KnockOuts { get; } = [];
    }

    /// <summary>The marking of one administration.</summary>
    sealed class Mark(Encounter encounter, PayerProfile payer, CodeBook book, int ordinal, Gaps gaps)
    {
        readonly Administration given = encounter.Administrations[ordinal];
        int earned, applicable;

        bool IsInjection => given.Route is Route.Im or Route.Sc or Route.Intradermal;

        bool IsVaccine => given.Purpose == Purpose.Vaccine;

        bool IsTimed => given.Route is Route.IvInfusion or Route.ScInfusion or Route.IntraArterial;

        /// <summary>Given through a needle or a line, so that strength, container and waste are asked about.</summary>
        bool IsByNeedle =>
            given.Route is not (Route.Oral or Route.Sublingual or Route.Intranasal or Route.Inhaled or Route.Topical
                or Route.Rectal);

        /// <summary>The practice paid for it, so it may bill what was discarded.</summary>
        bool IsOurs => !Ownership.IsFree(given.Source);

        /// <summary>
        /// Direct supervision is a condition of Medicare's payment for what staff give; a hospital needs general
        /// supervision.
        /// </summary>
        bool NeedsSupervision => payer.IsMedicare && encounter.Setting != Setting.Facility;

        bool IsAuxiliary =>
            (given.PerformerCharted ? given.Performer : encounter.ProviderRole) is StaffRole.Rn or StaffRole.Lpn
                or StaffRole.Ma or StaffRole.Pharmacist or StaffRole.Other;

        public int Score()
        {
            MarkIdentity();
            MarkDrug();
            MarkPlaceAndTime();
            MarkPeople();
            MarkReason();
            return applicable == 0 ? 0 : earned * 100 / applicable;
        }

        void MarkIdentity()
        {
            Take(1, Weight.KnockOut, encounter.BirthDate is not null);
            Take(3, Weight.KnockOut, given.Order?.IsBefore(encounter.ServiceDate) == true);
            if (encounter.Administrations.Count > 1)
                Take(25, Weight.KnockOut,
                    given.Drug.Length > 0 && given.DoseCharted && (given.Site.Length > 0 || !IsInjection));
            foreach (var visit in encounter.Visits)
                if (NeedsNote(visit)) Take(26, Weight.KnockOut, visit.SeparateNote == true);
        }

        /// <summary>
        /// A visit that is billed beside the injection needs a note of its own. One that is charted as having none is
        /// not billed; a preventive or wellness visit is its own documented service; an add-on is no visit.
        /// </summary>
        bool NeedsNote(Visit visit)
        {
            if (visit.SeparateNote is { } separate) return separate;
            var groups = book.TryCode(visit.Code, encounter.ServiceDate, out var row) ? row.Groups : CodeGroups.None;
            return !groups.HasAny(Group.PreventiveVisit | Group.PreventiveCounseling | Group.WellnessVisit
                | Group.ComplexityAddOn);
        }

        void MarkDrug()
        {
            Take(4, Weight.KnockOut, given.Drug.Length > 0 || !given.Hcpcs.IsNone);
            Take(5, Weight.KnockOut, given.DoseCharted);
            Take(6, IsByNeedle && !IsVaccine ? Weight.Major : Weight.Minor, !given.Concentration.IsNone
                || !given.Volume.IsNone || !given.ContainerAmount.IsNone);
            Take(9, IsVaccine ? Weight.KnockOut : Weight.Major, given.Lot.Length > 0);
            Take(10, Weight.Minor, given.Expires is not null);
            Take(11, payer.NdcRequired && IsOurs ? Weight.KnockOut : Weight.Minor, given.NdcText.Length > 0);
            if (payer.IsMedicare && IsByNeedle && IsOurs && !IsVaccine && given.Container != ContainerKind.MultiDose)
                Take(13, Weight.KnockOut, given.Container != ContainerKind.None && Supply.IsRestCharted(given));
            if (given.Discarded.Value > 0) Take(32, Weight.Minor, given.WitnessCharted);
        }

        void MarkPlaceAndTime()
        {
            Take(7, Weight.KnockOut, given.Route != Route.None);
            if (IsInjection) Take(8, payer.IsMedicare ? Weight.Major : Weight.KnockOut, given.Site.Length > 0);
            if (given.Route is Route.IntraArticular or Route.TendonSheath or Route.TriggerPoint or Route.Perineural)
                Take(28, Weight.KnockOut, given.Target.Length > 0 || given.Site.Length > 0);
            if (IsTimed) Take(27, Weight.KnockOut, given.Start is not null && given.Stop is not null);
            else if (given.Route == Route.IvPush || IsRepeated()) Take(2, Weight.KnockOut, given.Start is not null);
        }

        bool IsRepeated()
        {
            var same = 0;
            foreach (var other in encounter.Administrations)
                if (other.Drug.Equals(given.Drug, StringComparison.OrdinalIgnoreCase)) same++;
            return same > 1;
        }

        void MarkPeople()
        {
            Take(18, Weight.KnockOut, given.PerformerCharted || encounter.ProviderRole != StaffRole.None);
            if (IsAuxiliary)
                Take(19, NeedsSupervision ? Weight.KnockOut : Weight.Minor, encounter.Supervision != Supervision.None);
            Take(20, Weight.Minor, given.Checked == true);
            Take(23, Weight.Major, given.ObservedMinutes is not null || given.ResponseCharted);
        }

        void MarkReason()
        {
            if (IsInjection) Take(12, Weight.Minor, given.NeedleCharted);
            Take(14, Weight.KnockOut,
                given.IndicationCharted || given.Diagnoses.Count > 0 || encounter.Diagnoses.Count > 0);
            if (!IsVaccine && IsByNeedle)
                Take(15, payer.IsMedicare ? Weight.Major : Weight.Minor, given.WhyNotOralCharted);
            Take(17, Weight.Minor, given.Consent == true);
            Take(24, Weight.Minor, given.InstructionsCharted);
        }

        /// <summary>A knock-out that is charted counts as a major element.</summary>
        void Take(int element, Weight weight, bool charted)
        {
            var points = weight == Weight.Minor ? MinorPoints : MajorPoints;
            applicable += points;
            if (charted)
            {
                earned += points;
                return;
            }
            gaps.Missing[element] = true;
            if (weight == Weight.KnockOut && !gaps.KnockOuts.Exists(k => k.Element == element))
                gaps.KnockOuts.Add((element, ordinal));
        }
    }
}
