using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.Web.Backend;
using MsaAspire.Web.Language;

namespace MsaAspire.Web.Pages;

/// <summary>The shelves: all products or those that match a search, page by page, by plain links and forms.</summary>
public sealed partial class Catalogue
{
    private const int PageSize = 12;

    [Parameter, EditorRequired]
    public required ProductPage Found { get; set; }

    /// <summary>Empty when everything is shown.</summary>
    [Parameter, EditorRequired]
    public required string Search { get; set; }

    /// <summary>Hand-written query values are corrected instead of rejected.</summary>
    internal static async Task<Results<RazorComponentResult<Catalogue>, RazorComponentResult<Notice>>> HandleAsync(
        CatalogClient catalog, Texts text, string? search, string? page, CancellationToken cancellation)
    {
        var wanted = string.Concat((search ?? "").Where(c => !char.IsControl(c)).Take(CatalogClient.LongestSearch)).Trim();
        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;
        var found = await catalog.SearchAsync(wanted, number, PageSize, cancellation);
        return number > found.Last ? Notice.NotFound(text.UnknownPage) : Page.Of<Catalogue>(new { Found = found, Search = wanted });
    }

    private string Address(int page) => (Search, page) switch
    {
        ("", 1) => "/",
        ("", _) => $"/?page={page}",
        _ => $"/?search={Uri.EscapeDataString(Search)}&page={page}",
    };
}
