/* Colours of values: maps for 24-bit terminals, ramps for 256 colours, lightness of both. */
#include <math.h>

#include "render/term.h"

enum { ANCHORS = 17, RAMP = 16 };

/* Every sixteenth part of viridis, magma (S. van der Walt, N. Smith, CC0) and cividis (J. Nunez,
 * C. Anderton, R. Renslow, 2018); interpolated linearly the largest error is a dE of about 2. */
static const unsigned char anchors[][ANCHORS][3] = {
    [MAP_VIRIDIS] = {{68, 1, 84},
                     {72, 24, 106},
                     {71, 45, 123},
                     {66, 64, 134},
                     {59, 82, 139},
                     {51, 99, 141},
                     {44, 114, 142},
                     {38, 129, 142},
                     {33, 144, 140},
                     {31, 159, 136},
                     {40, 174, 128},
                     {62, 188, 116},
                     {93, 201, 99},
                     {130, 211, 76},
                     {171, 220, 50},
                     {213, 226, 26},
                     {253, 231, 37}},
    [MAP_MAGMA] = {{0, 0, 4},
                   {10, 8, 34},
                   {29, 17, 70},
                   {54, 16, 106},
                   {80, 18, 124},
                   {105, 28, 129},
                   {130, 38, 129},
                   {156, 46, 127},
                   {182, 55, 121},
                   {207, 65, 112},
                   {230, 81, 99},
                   {245, 105, 92},
                   {251, 135, 97},
                   {254, 165, 113},
                   {254, 195, 135},
                   {253, 224, 162},
                   {252, 253, 191}},
    [MAP_CIVIDIS] = {{0, 34, 78},
                     {0, 46, 106},
                     {26, 56, 111},
                     {50, 67, 109},
                     {67, 78, 108},
                     {82, 89, 109},
                     {97, 101, 111},
                     {111, 112, 115},
                     {124, 123, 120},
                     {139, 135, 120},
                     {155, 147, 118},
                     {171, 160, 114},
                     {187, 173, 108},
                     {204, 186, 100},
                     {221, 201, 88},
                     {239, 215, 72},
                     {254, 232, 56}},
};

/* Entries of the 256-colour palette whose lightness rises. The nearest entries of the true colours
 * do not: viridis would go backwards at 7 of 16 steps. */
static const unsigned char ramps[][RAMP] = {
    [MAP_VIRIDIS] = {17, 53, 54, 25, 60, 61, 242, 30, 66, 36, 72, 77, 113, 148, 184, 220},
    [MAP_MAGMA] = {16, 232, 17, 53, 54, 89, 90, 126, 161, 167, 203, 209, 179, 216, 222, 229},
    [MAP_CIVIDIS] = {233, 17, 24, 25, 60, 242, 243, 244, 102, 246, 108, 143, 179, 185, 221, 227},
};

static double clamp(double v)
{
    return v > 0 ? (v < 1 ? v : 1) : 0; /* NaN becomes 0 */
}

void colormap_rgb(enum colormap m, double v, unsigned char rgb[3])
{
    v = clamp(v);
    if (m == MAP_GRAY) {
        rgb[0] = rgb[1] = rgb[2] = (unsigned char)lround(v * 255);
        return;
    }
    double x = v * (ANCHORS - 1);
    int i = x < ANCHORS - 2 ? (int)x : ANCHORS - 2;
    for (int k = 0; k < 3; k++) {
        double a = anchors[m][i][k], b = anchors[m][i + 1][k];
        rgb[k] = (unsigned char)lround(a + (b - a) * (x - i));
    }
}

int colormap_256(enum colormap m, double v)
{
    v = clamp(v);
    if (m == MAP_GRAY)
        return 232 + (v < 1 ? (int)(v * 24) : 23);
    return ramps[m][v < 1 ? (int)(v * RAMP) : RAMP - 1];
}

void colormap_256_rgb(int index, unsigned char rgb[3])
{
    if (index < 16 || index > 255) /* the first 16 are the user's; black will do */
        index = 16;
    if (index >= 232) {
        rgb[0] = rgb[1] = rgb[2] = (unsigned char)(8 + 10 * (index - 232));
        return;
    }
    int cube[3] = {(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6};
    for (int k = 0; k < 3; k++)
        rgb[k] = (unsigned char)(cube[k] ? 55 + 40 * cube[k] : 0);
}

double colormap_lightness(const unsigned char rgb[3])
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double y = 0;
    for (int k = 0; k < 3; k++) {
        double c = rgb[k] / 255.0;
        y += weight[k] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}
