using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.Web.Backend;
using MsaAspire.Web.Language;

namespace MsaAspire.Web.Pages;

/// <summary>One product and its stock.</summary>
public sealed partial class ProductDetails
{
    private const int Few = 10;

    [Parameter, EditorRequired]
    public required Product Product { get; set; }

    /// <summary>Null when the stock is not known now.</summary>
    [Parameter]
    public int? Available { get; set; }

    private string StockText => Available switch
    {
        null => Text.StockUnknown,
        0 => Text.SoldOut,
        <= Few => Text.OnlySoManyLeft(Available.Value),
        _ => Text.InStock,
    };

    internal static async Task<Results<RazorComponentResult<ProductDetails>, RazorComponentResult<Notice>>> HandleAsync(
        int id, CatalogClient catalog, InventoryClient inventory, Texts text, CancellationToken cancellation)
    {
        var available = inventory.AvailableAsync(id, cancellation);
        var product = await catalog.FindAsync(id, cancellation);
        return product is null
            ? Notice.NotFound(text.UnknownProduct)
            : Page.Of<ProductDetails>(new { Product = product, Available = await available });
    }
}
