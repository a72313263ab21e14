namespace Deltoid.X12.Guides;

/// <summary>
/// The parts of a claim in a file, in their order: the set's header, the levels above, the claim, its lines; last
/// what is in none of them. Of sets without claims all is header.
/// </summary>
enum Section : byte { Header, Billing, Subscriber, Patient, Claim, Line, Lost }
