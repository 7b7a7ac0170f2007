# SPDX-License-Identifier: MIT
# Complex numbers.
p(2i) # => (0+2i)
p(1 + 2i) # => (1+2i)
p(Complex(1, 2)) # => (1+2i)
p(Complex("1+2i")) # => (1+2i)
p(Complex("3")) # => (3+0i)
p(Complex(1, 2) + 1) # => (2+2i)
p(Complex(1, 2) - Complex(3, 4)) # => (-2-2i)
p(Complex(1, 2) * Complex(3, 4)) # => (-5+10i)
p(Complex(1, 2) * 2) # => (2+4i)
p(Complex(3, 4) / 2) # => ((3/2)+2i)
p(Complex(3, 4) / Complex(1, 2)) # => ((11/5)-(2/5)*i)
p(Complex(3.0, 4) / Complex(1, 2)) # => (2.2-0.4i)
p(1 / Complex(1, 2)) # => ((1/5)-(2/5)*i)
p(Complex(3, 4)**2) # => (-7+24i)
p(Complex(3, 4)**-1) # => ((3/25)-(4/25)*i)
p(Complex(1, 1)**10) # => (0+32i)
p(Complex(3, 4)**0) # => (1+0i)
p(Complex(3, 4)**Complex(1, 1)) # => (-1.6271590399255338+1.1248463410919416i)
p(Complex(3, 4).abs) # => 5.0
p(Complex(3, 4).arg) # => 0.9272952180016122
p(Complex(3, 4).polar) # => [5.0, 0.9272952180016122]
p(Complex(3, 4).rect) # => [3, 4]
p(Complex(3, 4).conj) # => (3-4i)
p(Complex(3, 4).real) # => 3
p(Complex(3, 4).imaginary) # => 4
p(Complex(3, 4).abs2) # => 25
p(Complex.polar(1, 2)) # => (-0.4161468365471424+0.9092974268256817i)
p(Complex.rect(1, 2)) # => (1+2i)
p(Complex(1, 0) == 1) # => true
p(Complex(1, 2) == Complex(1, 2)) # => true
p(Complex(1, 2) <=> 1) # => nil
p(Complex(1, 0) <=> 2) # => -1
p(Complex(1, -0.0)) # => (1-0.0i)
p(Complex(1, Float::NAN)) # => (1+NaN*i)
p(Complex(1/2r, 1/3r)) # => ((1/2)+(1/3)*i)
p(Complex(1, 2).to_s) # => "1+2i"
p(Complex(1, -2).to_s) # => "1-2i"
p(Complex(1/2r, -1/3r).to_s) # => "1/2-1/3i"
p(Complex(1, 0).to_i) # => 1
p(Complex(1, 0).to_f) # => 1.0
p("1+2i".to_c) # => (1+2i)
p("i".to_c) # => (0+1i)
p("-2.5i".to_c) # => (0-2.5i)
p("1/2+3i".to_c) # => ((1/2)+3i)
p("x".to_c) # => (0+0i)
p(Complex::I) # => (0+1i)
p(Complex(1, 2).real?) # => false
p(1.real?) # => true
p(1.i) # => (0+1i)
p(3.to_c) # => (3+0i)
p(-3.polar) # => [3, 3.141592653589793]
p(Complex(1, 2).finite?) # => true
p(-Complex(1, 2)) # => (-1-2i)
