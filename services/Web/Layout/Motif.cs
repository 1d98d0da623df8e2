using MsaAspire.Web.Backend;

namespace MsaAspire.Web.Layout;

/// <summary>Which drawing of <c>objects.svg</c> shows a product, and in which colours.</summary>
internal static class Motif
{
    /// <summary>The first word that a name contains decides, so the special ones come first.</summary>
    private static readonly (string Word, string Motif)[] Words =
    [
        ("Grinder, Electric", "grinder-electric"), ("Grinder", "grinder"), ("Kettle", "kettle"), ("Dripper", "dripper"), ("Filters", "filters"),
        ("Scale", "scale"), ("Press", "press"), ("Moka", "moka"), ("Cups", "cups"), ("Bottle", "bottle"), ("Moon Jar", "moonjar"), ("Jar", "jar"),
        ("Teapot", "teapot"), ("Tea Towels", "towels"), ("Tea,", "tin"), ("Sencha", "tin"), ("Earl Grey", "tin"), ("Matcha", "matcha"),
        ("Bread Knife", "bread-knife"), ("Knife", "knife"), ("Santoku", "knife"), ("Whetstone", "stone"), ("Board", "board"), ("Saucepan", "saucepan"),
        ("Pan", "pan"), ("Casserole", "casserole"), ("Pot ", "pot"), ("Wok", "wok"), ("Stone Bowl", "bowl"), ("Mixing Bowls", "bowls"), ("Cooker", "cooker"),
        ("Mortar", "mortar"), ("Thermometer", "thermometer"), ("Spatula", "spatula"), ("Grater", "grater"), ("Mill", "mill"), ("Basket", "basket"),
        ("Baking Steel", "steel"), ("Plate", "plate"), ("Apron", "apron"), (", 250 g", "bag"), (", 1 kg", "bag"),
    ];

    /// <summary>Products of one material share a colour.</summary>
    private static readonly (string Word, int Glaze)[] Stuffs =
        [("Celadon", 0), ("Green Tea", 6), ("Matcha", 6), ("Sencha", 6), ("Oak", 5), ("Beech", 5), ("Carbon Steel", 3), ("Chef's", 3), ("Santoku", 2), ("Stone", 3)];

    private const int Glazes = 8;

    private static readonly string[] Vessels = ["jar", "bottle", "tin", "moonjar", "pot"];

    public static string Of(Product product) =>
        Words.FirstOrDefault(w => product.Name.Contains(w.Word, StringComparison.Ordinal)).Motif ?? Vessels[product.Id % Vessels.Length];

    /// <summary>The number of the glaze in <c>base.css</c>: by the material, otherwise neighbours differ.</summary>
    public static int GlazeOf(Product product)
    {
        foreach (var (word, glaze) in Stuffs)
        {
            if (product.Name.Contains(word, StringComparison.Ordinal))
                return glaze;
        }

        return product.Id * 5 % Glazes;
    }
}
