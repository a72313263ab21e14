using System.Globalization;
using System.Xml;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// The CDC's list of vaccines' CPT codes and their CVX numbers (<c>cpt.xml</c>): pairs of Name and Value in each
/// CPTInfo. AMA's descriptors are in it and are never kept: the name is the CDC's of the vaccine.
/// </summary>
sealed class CdcVaccines() : OfficialTable("cdc-vaccine", "CDC vaccines, CPT to CVX", 100)
{
    const int LargestText = 1 << 26;

    public override bool Knows(OfficialFile file) =>
        file.Says("<CPTCodes")
            || (file.IsNamed(".xml") && file.Name.StartsWith("cpt", StringComparison.OrdinalIgnoreCase));

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestText
        };
        using var xml = XmlReader.Create(new MemoryStream(file.Bytes.ToArray()), settings);
        try { Read(xml, release, draft); }
        catch (XmlException e)
        {
            throw new OfficialFileException(e.LineNumber, "is cut, or not XML without a DTD", "download it again");
        }
    }

    static void Read(XmlReader xml, Release release, PackDraft draft)
    {
        var values = new Dictionary<string, string>();
        var name = "";
        xml.Read();
        while (!xml.EOF)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Name" })
            {
                name = xml.ReadElementContentAsString().Trim();
                continue;
            }
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Value" })
            {
                values[name] = xml.ReadElementContentAsString().Trim();
                continue;
            }
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "CPTInfo" })
            {
                Add(values, ((IXmlLineInfo)xml).LineNumber, release, draft);
                values.Clear();
            }
            xml.Read();
        }
    }

    static void Add(Dictionary<string, string> values, int line, Release release, PackDraft draft)
    {
        string Of(string name) =>
            values.GetValueOrDefault(name)
                ?? throw new OfficialFileException(line, $"has no column '{name}'",
                    "use the file as published; if its layout has changed, report it to us: nothing was read from it");
        if (!Code.TryParse(Of("CPT Code"), out var code) || code.Length != 5)
            throw new OfficialFileException(line, "column 'CPT Code' is not a code", "download it again");
        if (!int.TryParse(Of("CVX Code"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var cvx)
            || cvx is < 0 or > 9999)
            throw new OfficialFileException(line, "column 'CVX Code' is not a number", "download it again");
        // the CDC leaves it blank for all that counts
        var isActive = !Of("Status").StartsWith("Inactive", StringComparison.OrdinalIgnoreCase);
        draft.Vaccines.Add(new(draft.Id(code), cvx, draft.Text(Of("Vaccine Name")), (byte)(isActive ? 1 : 0),
            release.Number));
    }
}
